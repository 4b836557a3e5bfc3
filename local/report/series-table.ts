import { type Html, html } from './html.ts';
import { barCell } from './part-table.ts';
import { MOST_QUARTERS } from './quarter-table.ts';
import { UNKNOWN } from './quarters.ts';
import type { Series } from './series.ts';
import { type Language, WORDS } from './words.ts';

/** Children by quarter, the newest on top; the unfinished quarter and those without a date are marked as such. */
export const seriesTable = (
  series: Series,
  { language, caption }: { language: Language; caption: string },
): Html => {
  const words = WORDS[language];
  const dated = series.quarters.filter((quarter) => quarter !== UNKNOWN).slice(-MOST_QUARTERS);
  const quarters = [...dated.reverse(), ...series.quarters.filter((each) => each === UNKNOWN)];
  const largest = Math.max(0, ...quarters.map((quarter) => series.of(quarter).value ?? 0));
  const rows = quarters.map((quarter) => {
    const isUnknown = quarter === UNKNOWN;
    const mark = series.isUnfinished(quarter) ? html` <small>${words.unfinished}</small>` : null;
    return html`<tr data-quarter="${quarter}"${isUnknown ? html` class="apart"` : null}><th scope="row">${isUnknown ? words.unknown : quarter}${mark}</th>${barCell(series.of(quarter), largest)}</tr>`;
  });
  return html`<table class="part series">
<caption>${caption}</caption>
<thead><tr><th scope="col">${words.quarter}</th><th scope="col">${words.children}</th></tr></thead>
<tbody>${rows}</tbody></table>`;
};
