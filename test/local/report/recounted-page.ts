import { expect } from 'vitest';
import type { Figure } from '../../../local/figures/figure.ts';
import { type ReadMeasure, readPage } from './read-page.ts';
import { cellOf, earlier, plain } from './recounted-sheets.ts';

/** How many quarters the tables have. */
const QUARTERS = 20;

/** Cells that must stand in the tables of one measure. */
const wantedOf = ({ indicator, measure, headline }: ReadMeasure, figures: readonly Figure[]) => {
  const own = figures.filter((each) => each.indicator === indicator && each.measure === measure);
  const newest = (cut: string) => {
    const all = own.filter((each) => each.cut === cut).map(({ period }) => period);
    const dated = [...new Set(all)].filter((period) => period !== 'unknown').sort();
    return new Set([...dated.slice(-QUARTERS), 'unknown']);
  };
  const [quarters, provinces] = [newest('quarter'), newest('province')];
  const latest = headline[0]![0];
  const shows = ({ cut, period }: Figure): boolean => {
    if (cut === 'quarter') return quarters.has(period);
    if (cut === 'province') return provinces.has(period);
    return ['sex and age', 'disability', 'placement'].includes(cut) && period === latest;
  };
  return own.filter(shows).map(cellOf);
};

/**
 * Compares each number of the page in one language with what a recount says is shown: all tables, the headline, what stands
 * beside it, and who is not counted.
 * @param shown by cell, as `expectSheet` gives it
 */
export const expectPage = (
  html: string,
  language: 'en' | 'km',
  figures: readonly Figure[],
  shown: ReadonlyMap<string, string>,
) => {
  const page = readPage(html, language);
  expect(page.measures.map(({ indicator, measure }) => [indicator, measure])).toEqual([
    ['4.8', 'registered'],
    ['4.11a', 'registered'],
    ['4.11a', 'served'],
  ]);
  for (const each of page.measures) {
    const of = (cell: string) => shown.get(`${each.indicator}|${each.measure}|${cell}`) ?? '0';
    const there = [...each.cells.keys()].map((cell) => `${each.indicator}|${each.measure}|${cell}`);
    expect(there).toEqual(expect.arrayContaining(wantedOf(each, figures)));
    for (const [cell, text] of each.cells) expect(plain(text), cell).toBe(of(cell));
    for (const [cell, texts] of each.before) {
      const [cut, period, ...keys] = cell.split('|') as [string, string, string, string];
      const before = ([1, 4] as const).map((quarters) => {
        const other = earlier(period, quarters);
        return other === null ? '' : of([cut, other, ...keys].join('|'));
      });
      expect(texts.map(plain), cell).toEqual(before);
    }
    const [[latest]] = each.headline as [[string, string]];
    const quarters = [latest, earlier(latest, 1), earlier(latest, 4)];
    expect(each.headline.map(([quarter, text]) => [quarter, plain(text)])).toEqual(
      quarters.map((quarter) => [quarter, of(`quarter|${quarter}||`)]),
    );
    const leftOut = ['age', 'consent', 'placement']
      .map((reason) => shown.get(`${each.indicator}|${each.measure}|left out|${latest}|${reason}|`))
      .filter((text) => text !== undefined);
    const said = each.leftOut.replaceAll(/អាយុ 18|of 18/g, '').match(/<?\d[\d,]*|…/g) ?? [];
    expect(said.map(plain)).toEqual(leftOut);
  }
  return page;
};
