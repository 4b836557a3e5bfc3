import { type Html, html } from './html.ts';
import { byQuarter, EARLIER, type Grid, UNKNOWN } from './quarters.ts';
import { label, number } from './say.ts';
import { type Language, WORDS } from './words.ts';

/** Counts from 1 to below this may point to a child: they are marked. */
export const SMALL = 5;

/** Darkest shade of a cell, in percent: text on it must stay readable. */
const DARKEST = 40;

/** A cell with a count, shaded by its share of the largest one. */
const countCell = (count: number, largest: number): Html => {
  if (count === 0) return html`<td class="none">0</td>`;
  const shade = Math.ceil((DARKEST * count) / largest);
  return html`<td${count < SMALL ? html` class="small"` : null} style="--s:${shade}">${number(count)}</td>`;
};

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

const headOf = (quarters: readonly string[], language: Language): Html => {
  const words = WORDS[language];
  const special: Record<string, string> = { [EARLIER]: words.earlier, [UNKNOWN]: words.unknown };
  const years = toYears(quarters).map(({ name, quarters: own }) =>
    name in special
      ? html`<th scope="col" rowspan="2" data-quarter="${name}">${special[name]!}</th>`
      : html`<th scope="colgroup" colspan="${own.length}">${name}</th>`,
  );
  const names = quarters
    .filter((quarter) => !(quarter in special))
    .map((quarter) => {
      const short = quarter.slice(-2);
      return html`<th scope="col" data-quarter="${quarter}"><abbr title="${quarter}">${short}</abbr></th>`;
    });
  return html`<thead><tr><th scope="col" rowspan="2">${words.province}</th>${years}<th scope="col" rowspan="2">${words.total}</th></tr><tr>${names}</tr></thead>`;
};

/** Children by province and quarter: every number of the indicator's summary view. */
export const quarterTable = (
  grid: Grid,
  { language, id, caption }: { language: Language; id: string; caption: string },
): Html => {
  const words = WORDS[language];
  const { quarters, provinces } = grid;
  const largest = Math.max(
    1,
    ...provinces.flatMap(({ byQuarter: counts }) => [...counts.values()]),
  );
  const rows = provinces.map(
    (province) =>
      html`<tr data-province="${province.value ?? ''}"><th scope="row">${label(province, language)}</th>${quarters.map(
        (quarter) => countCell(province.byQuarter.get(quarter) ?? 0, largest),
      )}<td class="sum">${number(province.children)}</td></tr>`,
  );
  const sums = byQuarter(grid);
  const total = sums.reduce((all, { children }) => all + children, 0);
  return html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0"><table class="grid" data-quarters="${quarters.join(' ')}">
<caption id="${id}">${caption}</caption>
${headOf(quarters, language)}
<tbody>${rows}</tbody>
<tfoot><tr><th scope="row">${words.total}</th>${sums.map(({ children }) => html`<td class="sum">${number(children)}</td>`)}<td class="sum">${number(total)}</td></tr></tfoot>
</table></div>`;
};
