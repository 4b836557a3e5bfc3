import type { Labels } from './data.ts';
import { type Html, html } from './html.ts';
import { inOrder, UNKNOWN } from './quarters.ts';
import { label } from './say.ts';
import { NONE, type Series } from './series.ts';
import { type Language, WORDS } from './words.ts';

/** More quarters than this make a table that nobody can read: the spreadsheet has the older ones. */
export const MOST_QUARTERS = 20;

/** Darkest shade of a cell, in percent: text on it must stay readable. */
const DARKEST = 40;

type Year = { name: string; quarters: string[] };

const toYears = (quarters: readonly string[]): Year[] => {
  const years: Year[] = [];
  for (const quarter of quarters) {
    const name = quarter.split('-Q')[0]!;
    if (years.at(-1)?.name === name) years.at(-1)!.quarters.push(quarter);
    else years.push({ name, quarters: [quarter] });
  }
  return years;
};

const headOf = (quarters: readonly string[], series: Series, language: Language): Html => {
  const words = WORDS[language];
  const years = toYears(quarters).map(({ name, quarters: own }) =>
    name === UNKNOWN
      ? html`<th scope="col" rowspan="2" class="apart" data-quarter="${name}">${words.unknown}</th>`
      : html`<th scope="colgroup" colspan="${own.length}">${name}</th>`,
  );
  const names = quarters
    .filter((quarter) => quarter !== UNKNOWN)
    .map((quarter) => {
      const mark = series.isUnfinished(quarter)
        ? html`<br><small>${words.unfinished}</small>`
        : null;
      return html`<th scope="col" data-quarter="${quarter}"><abbr title="${quarter}">${quarter.slice(-2)}</abbr>${mark}</th>`;
    });
  return html`<thead><tr><th scope="col" rowspan="2">${words.province}</th>${years}</tr><tr>${names}</tr></thead>`;
};

/** Children by province and quarter. No sums: each quarter's own number stands in the table by quarter. */
export const quarterTable = (
  series: Series,
  labels: Labels,
  { language, id, caption }: { language: Language; id: string; caption: string },
): Html => {
  const cells = series.figures.filter(({ cut }) => cut === 'province');
  const all = inOrder(cells.map(({ period }) => period));
  const dated = all.filter((quarter) => quarter !== UNKNOWN).slice(-MOST_QUARTERS);
  const quarters = all.includes(UNKNOWN) ? [...dated, UNKNOWN] : dated;
  const shown = new Map(cells.map((cell) => [`${cell.key1} ${cell.period}`, cell.shown]));
  const largest = Math.max(1, ...cells.map((cell) => cell.shown.value ?? 0));
  const provinces = [...new Set(cells.map(({ key1 }) => key1))].sort(
    (a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'en', { numeric: true }),
  );
  const cellOf = (province: string, quarter: string) => {
    const { text, value } = shown.get(`${province} ${quarter}`) ?? NONE;
    const shade = Math.ceil((DARKEST * (value ?? 0)) / largest);
    return html`<td${text === '0' ? html` class="none"` : null} style="--s:${shade}">${text}</td>`;
  };
  const rows = provinces.map((province) => {
    const named = labels.province.get(province) ?? { value: province || null, en: null, km: null };
    return html`<tr data-province="${province}"${province === '' ? html` class="apart"` : null}><th scope="row">${label(named, language)}</th>${quarters.map((quarter) => cellOf(province, quarter))}</tr>`;
  });
  return html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0"><table class="grid" data-quarters="${quarters.join(' ')}">
<caption id="${id}">${caption}</caption>
${headOf(quarters, series, language)}
<tbody>${rows}</tbody>
</table></div>`;
};
