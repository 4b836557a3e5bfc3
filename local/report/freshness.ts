import type { Freshness, ReportData, Unlabelled } from './data.ts';
import { type Html, html } from './html.ts';
import { label, number, time } from './say.ts';
import { type Language, WORDS } from './words.ts';

const gapsOf = ({ gaps, firstGapFrom, lastGapTo }: Freshness, language: Language): Html => {
  const words = WORDS[language];
  if (gaps === 0 || !firstGapFrom || !lastGapTo) return html`${words.none}`;
  const range = words.gapRange
    .replace('{from}', time(firstGapFrom, language))
    .replace('{to}', time(lastGapTo, language));
  return html`${number(gaps)} (${range})`;
};

const row = (freshness: Freshness, language: Language): Html => {
  const words = WORDS[language];
  const { indicator, isComplete, completeTo, lastSyncAt, expected, held } = freshness;
  const { rejectedCases, rejectedServices } = freshness;
  const at = (when: Date | null) => (when ? time(when, language) : words.never);
  const rejects =
    rejectedCases + rejectedServices === 0
      ? words.none
      : `${words.cases}: ${number(rejectedCases)}, ${words.services}: ${number(rejectedServices)}`;
  const state = isComplete
    ? html`<strong class="good">✓ ${words.complete}</strong>`
    : html`<strong class="bad">✗ ${words.incomplete}</strong>`;
  return html`<tr data-indicator="${indicator}"><th scope="row">${indicator}<br>${state}</th><td>${at(completeTo)}</td><td>${at(lastSyncAt)}</td><td>${gapsOf(freshness, language)}</td><td>${expected === null ? '?' : number(expected)}</td><td>${held === null ? '?' : number(held)}</td><td>${rejects}</td></tr>`;
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
    const shown = value === null ? html`${words.unlabelledPlaces}` : html`<code>${value}</code>`;
    return html`<tr><th scope="row">${label(named, language)}</th><td>${shown}</td><td>${number(counts['4.8'])}</td><td>${number(counts['4.11a'])}</td></tr>`;
  });
  return html`<table class="part wide" data-unlabelled>
<caption>${words.unlabelled}</caption>
<thead><tr><th scope="col">${words.column}</th><th scope="col">${words.value}</th><th scope="col">4.8</th><th scope="col">4.11a</th></tr></thead>
<tbody>${rows}</tbody></table>`;
};

/** Up to when each indicator is complete, and what is missing in it. */
export const freshnessSection = (data: ReportData, language: Language): Html => {
  const words = WORDS[language];
  const { freshness, unlabelled, columns } = data;
  return html`<section aria-labelledby="fresh-${language}">
<h2 id="fresh-${language}">${words.freshness}</h2>
<div class="scroll"><table class="fresh">
<caption class="hidden">${words.freshness}</caption>
<thead><tr>${[
    words.indicator,
    words.completeTo,
    words.lastSync,
    words.gaps,
    words.primeroHas,
    words.onaHas,
    words.rejected,
  ].map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${row(freshness['4.8'], language)}${row(freshness['4.11a'], language)}</tbody>
</table></div>
${unlabelledTable(unlabelled, columns, language)}</section>`;
};
