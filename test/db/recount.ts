import type { Child, Counting } from './children.ts';

/** Counts by cell; a cell is the JSON of its values. */
export type Counts = Map<string, number>;

const add = (counts: Counts, cell: readonly unknown[], count = 1) => {
  const name = JSON.stringify(cell);
  counts.set(name, (counts.get(name) ?? 0) + count);
};

const quarterOf = (day: string | null): string =>
  day === null ? 'unknown' : `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** First day after a quarter, such as 2026-Q4. */
const dayAfter = (quarter: string): string => {
  const [year, number] = quarter.split('-Q').map(Number) as [number, number];
  return number === 4
    ? `${year + 1}-01-01`
    : `${year}-${String(3 * number + 1).padStart(2, '0')}-01`;
};

const ageGroupOf = (age: number | null): string => {
  if (age === null) return 'unknown';
  if (age >= 18) return '18+';
  return ['0–4', '5–9', '10–14', '15–17'][Math.floor(age / 5)]!;
};

/** Whether a child counts in a quarter. Instants are ISO, UTC: as texts they are in order. */
const countsIn = (quarter: string, counting: Counting): boolean => {
  if (typeof counting === 'boolean') return counting;
  return quarter !== 'unknown' && counting.until >= dayAfter(quarter);
};

/** Counts fully described children one after the other, in another way than the views do. */
export const recount = (children: readonly Required<Child>[]) => {
  const counts = {
    all48: new Map() as Counts,
    children48: new Map() as Counts,
    quarters48: new Map() as Counts,
    children411a: new Map() as Counts,
    served411a: new Map() as Counts,
    services: new Map() as Counts,
    quarters411a: new Map() as Counts,
  };
  for (const child of children) {
    if (child.isLeftBehind) continue;
    const { placement, services } = child;
    const quarter = quarterOf(child.registered);
    const [province, district] = child.place ?? [null, null];
    const who = [child.sex, ageGroupOf(child.age), placement, child.disability, child.consent];
    const cell = [quarter, province, district, ...who];
    if (countsIn(quarter, child.reintegration)) {
      const isPlaced = placement !== null && placement !== 'residential care';
      add(counts.all48, cell);
      add(counts.children48, cell, isPlaced ? 1 : 0);
      add(counts.quarters48, [quarter, province], isPlaced ? 1 : 0);
    }
    if (countsIn(quarter, child.under18)) {
      add(counts.children411a, cell);
      add(counts.served411a, cell, services.length > 0 ? 1 : 0);
      add(counts.quarters411a, [quarter, province]);
      for (const type of new Set(services)) add(counts.services, [...cell, type]);
    }
  }
  return counts;
};
