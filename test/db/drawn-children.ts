import type { Child, Counting } from './children.ts';

type Place = NonNullable<Child['place']>;

/** Draws whole numbers below a limit, the same in every run (a linear congruential generator). */
export const drawing = (seed: number) => {
  let state = seed;
  return (limit: number): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * limit);
  };
};

/** Children of all kinds, drawn: registered within two years, counting now, once, or never. */
export const drawnChildren = (count: number, seed: number): Required<Child>[] => {
  const below = drawing(seed);
  const of = <T>(...values: T[]): T => values[below(values.length)]!;
  const day = () => new Date(Date.UTC(2025, 0, 1 + below(730))).toISOString().slice(0, 10);
  const counting = (): Counting =>
    of<Counting>(true, true, false, { until: `${day()}T${of('00:00:00', '23:59:59')}Z` });
  return Array.from({ length: count }, (_, n) => ({
    name: `child-${n}`,
    registered: of(day(), day(), day(), null),
    sex: of('Female', 'Male', null),
    age: of(below(18), below(18), below(25), null),
    placement: of('kinship care', 'foster care', 'residential care', null),
    disability: of('Other', null, null),
    consent: of('true', 'false'),
    place: of<Place>(['10', '1006'], ['10', '1001'], ['1', '102']),
    reintegration: counting(),
    under18: counting(),
    services: Array.from({ length: below(4) }, () => of('Counselling', 'Legal Support', null)),
    servedOn: of(day(), null),
    isLeftBehind: below(50) === 0,
  })).map((child, n) => (n % 20 === 0 ? { ...child, place: of(null, ['10', null]) } : child));
};
