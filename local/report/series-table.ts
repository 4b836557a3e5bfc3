import { REASONS } from '../figures/reasons.ts';
import { type Html, html } from './html.ts';
import { barCell, beforeCells, beforeHeads } from './part-table.ts';
import { MOST_QUARTERS } from './quarter-table.ts';
import { ago, UNKNOWN } from './quarters.ts';
import type { Series } from './series.ts';
import { type Language, WORDS } from './words.ts';

/** What was published of a quarter, and why it is another number now. */
const publishedCells = (series: Series, quarter: string, language: Language): Html => {
  const published = series.publishedOf(quarter);
  if (!published) return html`<td></td><td></td>`;
  const reasons = published.reasons.map((reason) => REASONS[reason]?.[language] ?? reason);
  return html`<td data-published="${quarter}">${published.shown.text}</td><td class="why">${reasons.join(', ')}</td>`;
};

/** Children by quarter, the newest on top; the unfinished quarter and those without a date are marked as such. */
export const seriesTable = (
  series: Series,
  { language, caption }: { language: Language; caption: string },
): Html => {
  const words = WORDS[language];
  const dated = series.quarters.filter((quarter) => quarter !== UNKNOWN).slice(-MOST_QUARTERS);
  const quarters = [...dated.reverse(), ...series.quarters.filter((each) => each === UNKNOWN)];
  const largest = Math.max(0, ...quarters.map((quarter) => series.of(quarter).value ?? 0));
  const hasPublished = quarters.some((quarter) => series.publishedOf(quarter));
  const before = (quarter: string) =>
    quarter === UNKNOWN
      ? html`<td class="before"></td><td class="before"></td>`
      : beforeCells([series.of(ago(quarter, 1)), series.of(ago(quarter, 4))]);
  const rows = quarters.map((quarter) => {
    const isUnknown = quarter === UNKNOWN;
    const mark = series.isUnfinished(quarter) ? html` <small>${words.unfinished}</small>` : null;
    return html`<tr data-quarter="${quarter}"${isUnknown ? html` class="apart"` : null}><th scope="row">${isUnknown ? words.unknown : quarter}${mark}</th>${barCell(series.of(quarter), largest)}${before(quarter)}${hasPublished ? publishedCells(series, quarter, language) : null}</tr>`;
  });
  return html`<table class="part series">
<caption>${caption}</caption>
<thead><tr><th scope="col">${words.quarter}</th><th scope="col">${words.children}</th>${beforeHeads(language)}${hasPublished ? html`<th scope="col">${words.published}</th><th scope="col">${words.why}</th>` : null}</tr></thead>
<tbody>${rows}</tbody></table>`;
};
