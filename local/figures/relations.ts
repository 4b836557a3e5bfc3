import type { Relation } from './bounds.ts';
import { CUTS, type Cut, type Figure, keyOf } from './figure.ts';
import type { Count } from './protect.ts';

/** Which figures are hidden first: sums, then what is read least. Provinces are last: the dashboard shows them by themselves. */
const RANKS: Record<Cut, number> = {
  quarter: 6,
  district: 5,
  placement: 4,
  disability: 3,
  'sex and age': 2,
  'left out': 1,
  province: 0,
};

/** Cuts of a quarter, each of which adds up to it. */
const PARTS = CUTS.filter((cut) => !['quarter', 'district', 'left out'].includes(cut));

/** The year of a quarter; `unknown` is its own. */
export const yearOf = (period: string): string => period.split('-Q')[0]!;

const groupBy = (figures: readonly Figure[], key: (figure: Figure) => string) => {
  const groups = new Map<string, string[]>();
  for (const figure of figures) {
    const name = key(figure);
    const group = groups.get(name);
    if (group) group.push(keyOf(figure));
    else groups.set(name, [keyOf(figure)]);
  }
  return groups;
};

/** Sums of both sides of the same name are the same. */
const same = (left: Map<string, string[]>, right: Map<string, string[]>): Relation[] =>
  [...left].map(([name, keys]) => ({ left: keys, right: right.get(name) ?? [] }));

/** What a reader knows of the figures of one indicator and measure. */
const withinOne = (figures: readonly Figure[]): Relation[] => {
  const of = (cut: Cut) => figures.filter((figure) => figure.cut === cut);
  const year = ({ period }: Figure) => yearOf(period);
  const yearAndProvince = (province: 'key1' | 'key2') => (figure: Figure) =>
    `${yearOf(figure.period)} ${figure[province]}`;
  const quarters = groupBy(of('quarter'), ({ period }) => period);
  const districts = of('district');
  return [
    ...PARTS.flatMap((cut) =>
      same(
        quarters,
        groupBy(of(cut), ({ period }) => period),
      ),
    ),
    ...same(groupBy(of('quarter'), year), groupBy(districts, year)),
    ...same(
      groupBy(of('province'), yearAndProvince('key1')),
      groupBy(districts, yearAndProvince('key2')),
    ),
  ];
};

/** That each cell of an indicator is within the same cell of another one, where its children are among that one's. */
const amongOthers = (
  figures: readonly Figure[],
  [inner, outer]: readonly [string, string],
): Relation[] => {
  const registered = figures.filter(({ measure }) => measure === 'registered');
  const known = new Set(registered.map(keyOf));
  return registered
    .filter(({ indicator }) => indicator === inner)
    .map((figure) => [keyOf(figure), keyOf({ ...figure, indicator: outer })] as const)
    .filter(([, other]) => known.has(other))
    .map(([own, other]) => ({ left: [own], right: [other], isAtMost: true }));
};

/**
 * What a reader knows of figures that are published together.
 * @param among pairs of indicators: the children of the first are among those of the second
 */
export const relationsOf = (
  figures: readonly Figure[],
  among: readonly (readonly [string, string])[],
): Relation[] => {
  const sets = new Map<string, Figure[]>();
  for (const figure of figures) {
    const name = `${figure.indicator} ${figure.measure}`;
    const set = sets.get(name);
    if (set) set.push(figure);
    else sets.set(name, [figure]);
  }
  return [
    ...[...sets.values()].flatMap(withinOne),
    ...among.flatMap((pair) => amongOthers(figures, pair)),
  ];
};

/** Figures as counts that are to be published, by key. */
export const countsOf = (figures: readonly Figure[]): Map<string, Count> =>
  new Map(figures.map((each) => [keyOf(each), { children: each.children, rank: RANKS[each.cut] }]));
