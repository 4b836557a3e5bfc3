import type { Shown } from '../../../local/figures/shown.ts';

/** A count that the attacker looks for: what is published of it, if anything. */
type Unknown = { low: number; high: number };

/** That some counts add up to as much as some others, or at most to that. */
export type Equation = { terms: [key: string, sign: 1 | -1][]; isAtMost: boolean };

/** What a published text says: an attacker knows the rules of rounding. No count is above `most`. */
export const readText = (text: string, most: number): Unknown => {
  if (text === '…') return { low: 0, high: most };
  if (text === '<5') return { low: 1, high: 4 };
  const value = Number(text.replaceAll(',', ''));
  if (value === 0) return { low: 0, high: 0 };
  return { low: Math.max(5, value - 2), high: value + 2 };
};

const solve = (unknowns: Map<string, Unknown>, equations: readonly Equation[]): boolean => {
  // Narrows by each equation in turn, from scratch, until a round changes nothing.
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const { terms, isAtMost } of equations) {
      let [lowest, highest] = [0, 0];
      for (const [key, sign] of terms) {
        const { low, high } = unknowns.get(key)!;
        lowest += sign === 1 ? low : -high;
        highest += sign === 1 ? high : -low;
      }
      if (lowest > 0 || (!isAtMost && highest < 0)) return false;
      for (const [key, sign] of terms) {
        const own = unknowns.get(key)!;
        const restLow = lowest - (sign === 1 ? own.low : -own.high);
        const restHigh = highest - (sign === 1 ? own.high : -own.low);
        const next = { ...own };
        // sign * x + rest = 0 (or ≤ 0)
        if (sign === 1) next.high = Math.min(own.high, -restLow);
        else next.low = Math.max(own.low, restLow);
        if (!isAtMost && sign === 1) next.low = Math.max(own.low, -restHigh);
        if (!isAtMost && sign === -1) next.high = Math.min(own.high, restHigh);
        if (next.low > next.high) return false;
        if (next.low === own.low && next.high === own.high) continue;
        unknowns.set(key, next);
        lowest += sign === 1 ? next.low - own.low : own.high - next.high;
        highest += sign === 1 ? next.high - own.high : own.low - next.low;
        isChanged = true;
      }
    }
  }
  const open = [...unknowns]
    .filter(([, { low, high }]) => low < high)
    .sort(([, a], [, b]) => a.high - a.low - (b.high - b.low))[0];
  if (!open) return true;
  const [key, { low, high }] = open;
  const middle = Math.floor((low + high) / 2);
  for (const half of [
    { low, high: middle },
    { low: middle + 1, high },
  ])
    if (solve(new Map(unknowns).set(key, half), equations)) return true;
  return false;
};

/** Whether a count can be some number, given all that is published: every possibility is tried. */
const isPossible = (
  [key, value]: [string, number],
  unknowns: ReadonlyMap<string, Unknown>,
  equations: readonly Equation[],
): boolean => {
  const { low, high } = unknowns.get(key)!;
  if (value < low || value > high) return false;
  return solve(new Map(unknowns).set(key, { low: value, high: value }), equations);
};

/** Cells as the attacker names them, by hand: indicator, measure, cut, period, keys. */
export type Cell = {
  indicator: string;
  measure: string;
  cut: string;
  period: string;
  key1: string;
  key2: string;
};
export const nameOf = (cell: Cell): string =>
  [cell.indicator, cell.measure, cell.cut, cell.period, cell.key1, cell.key2].join('/');

/** What an attacker writes down about published cells: which of them must add up to which. */
const writeDown = (cells: readonly Cell[]): Equation[] => {
  const equations: Equation[] = [];
  const sums = (group: (cell: Cell) => string | null, side: (cell: Cell) => 1 | -1 | 0) => {
    const groups = new Map<string, [string, 1 | -1][]>();
    for (const cell of cells) {
      const name = group(cell);
      const sign = side(cell);
      if (name === null || sign === 0) continue;
      groups.set(name, [...(groups.get(name) ?? []), [nameOf(cell), sign]]);
    }
    for (const terms of groups.values()) equations.push({ terms, isAtMost: false });
  };
  const sets = [...new Set(cells.map(({ indicator, measure }) => `${indicator}/${measure}`))];
  const year = (period: string) => period.replace(/-Q\d$/, '');
  for (const set of sets) {
    const isOwn = (cell: Cell) => `${cell.indicator}/${cell.measure}` === set;
    for (const cut of ['province', 'sex and age', 'disability', 'placement'])
      sums(
        (cell) => (isOwn(cell) ? cell.period : null),
        (cell) => (cell.cut === 'quarter' ? 1 : cell.cut === cut ? -1 : 0),
      );
    sums(
      (cell) => (isOwn(cell) ? year(cell.period) : null),
      (cell) => (cell.cut === 'quarter' ? 1 : cell.cut === 'district' ? -1 : 0),
    );
    sums(
      (cell) => {
        const province = cell.cut === 'province' ? cell.key1 : cell.key2;
        return isOwn(cell) ? `${year(cell.period)}/${province}` : null;
      },
      (cell) => (cell.cut === 'province' ? 1 : cell.cut === 'district' ? -1 : 0),
    );
  }
  // Children of 4.8 are among those of 4.11a.
  const names = new Set(cells.map(nameOf));
  for (const cell of cells) {
    if (cell.indicator !== '4.8') continue;
    const other = nameOf({ ...cell, indicator: '4.11a' });
    if (names.has(other))
      equations.push({
        terms: [
          [nameOf(cell), 1],
          [other, -1],
        ],
        isAtMost: true,
      });
  }
  return equations;
};

/** How many whole numbers stay possible for a cell; counted up to 3. */
export const possibilities = (
  cell: Cell,
  published: readonly (Cell & { shown: Pick<Shown, 'text'> })[],
  most: number,
  also: readonly Equation[] = [],
): number => {
  const unknowns = new Map(
    published.map((each) => [nameOf(each), readText(each.shown.text, most)]),
  );
  const equations = [...writeDown(published), ...also];
  let possible = 0;
  for (let value = 0; value <= 8 && possible < 3; value += 1)
    if (isPossible([nameOf(cell), value], unknowns, equations)) possible += 1;
  return possible;
};
