import type { Freshness, ReportData, Unlabelled } from './data.ts';
import { type Html, html } from './html.ts';
import { breakable, label, number, time } from './say.ts';
import { type Language, WORDS, type Words } from './words.ts';

/** A sync whose last batch is older than this is not at work any more, in milliseconds: two hours. */
const STOPPED_AFTER_MS = 2 * 3600 * 1000;

/** What came after the last complete census: changes brought over, a sync at work, one that failed. */
const sinceOf = (freshness: Freshness, at: Date, language: Language): Html => {
  const words = WORDS[language];
  const { changesTo, underWayBeganAt, underWayLastBatchAt } = freshness;
  const { incompleteBeganAt, incompleteBecause } = freshness;
  const say = (text: string, when: Date) => text.replace('{time}', time(when, language));
  const lines: string[] = [];
  if (changesTo) lines.push(say(words.changesTo, changesTo));
  if (incompleteBeganAt) {
    const because = incompleteBecause ? `: ${incompleteBecause}` : '';
    lines.push(`${say(words.endedIncomplete, incompleteBeganAt)}${because}`);
  }
  if (underWayBeganAt) {
    const lastSign = underWayLastBatchAt ?? underWayBeganAt;
    const isStopped = at.getTime() - lastSign.getTime() > STOPPED_AFTER_MS;
    lines.push(isStopped ? say(words.stopped, lastSign) : say(words.underWay, underWayBeganAt));
  }
  return html`${lines.length === 0 ? words.none : lines.map((line) => html`<p>${line}</p>`)}`;
};

const stateOf = ({ isComplete, completeButFor, incompleteBeganAt }: Freshness, words: Words) => {
  if (isComplete) return html`<strong class="good">✓ ${words.complete}</strong>`;
  const isButFor = completeButFor !== null && incompleteBeganAt === null;
  return html`<strong class="bad">✗ ${isButFor ? words.completeNotForAll : words.incomplete}</strong>`;
};

const row = (freshness: Freshness, at: Date, language: Language): Html => {
  const words = WORDS[language];
  const { indicator, completeBeganAt, completeButFor } = freshness;
  const { rejectedCases, rejectedServices, unseen } = freshness;
  const complete = completeBeganAt ? time(completeBeganAt, language) : words.never;
  const butFor = completeButFor ? html`<br>${words.butFor} ${completeButFor}` : null;
  const rejects =
    rejectedCases + rejectedServices === 0
      ? words.none
      : `${words.cases}: ${number(rejectedCases)}, ${words.services}: ${number(rejectedServices)}`;
  return html`<tr data-indicator="${indicator}"><th scope="row">${indicator}<br>${stateOf(freshness, words)}</th><td data-label="${words.completeTo}">${complete}${butFor}</td><td data-label="${words.since}">${sinceOf(freshness, at, language)}</td><td data-label="${words.rejected}">${rejects}</td><td data-label="${words.unseen}">${unseen === 0 ? words.none : number(unseen)}</td></tr>`;
};

const unlabelledTable = (
  unlabelled: readonly Unlabelled[],
  columns: ReportData['columns'],
  language: Language,
): Html | null => {
  if (unlabelled.length === 0) return null;
  const words = WORDS[language];
  const rows = unlabelled.map(({ column, value, ...counts }) => {
    const named = columns[column] ?? { value: column, en: column, km: null };
    const shown =
      value === null ? html`${words.unlabelledPlaces}` : html`<code>${breakable(value)}</code>`;
    return html`<tr><th scope="row">${label(named, language)}</th><td>${shown}</td><td>${counts['4.8'].text}</td><td>${counts['4.11a'].text}</td></tr>`;
  });
  return html`<table class="part wide" data-unlabelled>
<caption>${words.unlabelled}</caption>
<thead><tr><th scope="col">${words.column}</th><th scope="col">${words.value}</th><th scope="col">4.8</th><th scope="col">4.11a</th></tr></thead>
<tbody>${rows}</tbody></table>`;
};

/** Up to when each indicator is complete, what came since, and what is missing in it. `at` is now. */
export const freshnessSection = (data: ReportData, at: Date, language: Language): Html => {
  const words = WORDS[language];
  const { freshness, unlabelled, columns } = data;
  const { indicator, completeTo, since, rejected, unseen } = words;
  const headings = [indicator, completeTo, since, rejected, unseen];
  return html`<section aria-labelledby="fresh-${language}">
<h2 id="fresh-${language}">${words.freshness}</h2>
<div class="scroll"><table class="fresh">
<caption class="hidden">${words.freshness}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${freshness.map((each) => row(each, at, language))}</tbody>
</table></div>
<p>${words.completeMeans}</p>
${unlabelledTable(unlabelled, columns, language)}</section>`;
};
