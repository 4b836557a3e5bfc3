import type { Cell, Labelled } from './data.ts';

/** More quarters than this make a table that nobody can read: the older ones are put together. */
export const MOST_QUARTERS = 40;

/** What the older quarters are called together; no quarter has this name. */
export const EARLIER = 'earlier';
export const UNKNOWN = 'unknown';

/** Children by province and quarter, as a table has them. */
export type Grid = {
  /** In the order of time; those put together first, those without a date last. */
  quarters: string[];
  provinces: (Labelled & { byQuarter: Map<string, number>; children: number })[];
};

const add = (counts: Map<string, number>, key: string, count: number) =>
  counts.set(key, (counts.get(key) ?? 0) + count);

/** Lays cells out by province, in the order of their codes, and quarter. No child is left out. */
export const toGrid = (cells: readonly Cell[]): Grid => {
  const dated = [...new Set(cells.map(({ quarter }) => quarter))]
    .filter((quarter) => quarter !== UNKNOWN)
    .sort();
  const shown = new Set(dated.slice(-MOST_QUARTERS));
  const columnOf = (quarter: string) =>
    quarter === UNKNOWN || shown.has(quarter) ? quarter : EARLIER;
  const provinces = new Map<string | null, Grid['provinces'][number]>();
  const columns = new Set<string>();
  for (const { quarter, province, children } of cells) {
    const row = provinces.get(province.value) ?? { ...province, byQuarter: new Map(), children: 0 };
    provinces.set(province.value, row);
    add(row.byQuarter, columnOf(quarter), children);
    row.children += children;
    columns.add(columnOf(quarter));
  }
  const byCode = (a: Labelled, b: Labelled) =>
    Number(a.value === null) - Number(b.value === null) || Number(a.value) - Number(b.value);
  return {
    quarters: [EARLIER, ...shown, UNKNOWN].filter((quarter) => columns.has(quarter)),
    provinces: [...provinces.values()].sort(byCode),
  };
};

/** Children of each quarter, over all provinces. */
export const byQuarter = ({ quarters, provinces }: Grid): { quarter: string; children: number }[] =>
  quarters.map((quarter) => ({
    quarter,
    children: provinces.reduce((sum, row) => sum + (row.byQuarter.get(quarter) ?? 0), 0),
  }));
