import type { Cut, Figure, Measure } from '../../local/figures/figure.ts';
import type { Child, Counting } from './children.ts';

/** Counts by cell; a cell is the JSON of its values. */
export type Counts = Map<string, number>;

/** A fully described child; its services may have several days. */
export type Counted = Omit<Required<Child>, 'servedOn'> & {
  servedOn: string | null | readonly string[];
};

const add = (counts: Counts, cell: readonly unknown[], count = 1) => {
  const name = JSON.stringify(cell);
  counts.set(name, (counts.get(name) ?? 0) + count);
};

export const quarterOf = (day: string | null): string =>
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
export const countsIn = (quarter: string, counting: Counting): boolean => {
  if (typeof counting === 'boolean') return counting;
  return quarter !== 'unknown' && counting.until >= dayAfter(quarter);
};

/** Why a child does not count for 4.8 in a quarter; null where it does. */
const leftOut48 = (child: Counted, quarter: string): string | null => {
  if (!countsIn(quarter, child.under18)) return 'age';
  if (child.consent !== 'true') return 'consent';
  return child.placement === null || child.placement === 'residential care' ? 'placement' : null;
};

/** Quarters in which a child had a service, each once. */
const quartersServed = ({ servedOn, services }: Counted): string[] =>
  services.length === 0 || servedOn === null
    ? []
    : [...new Set([servedOn].flat().map((day) => quarterOf(day)))];

/** Counts fully described children one after the other, in another way than the views do. */
export const recount = (children: readonly Counted[]) => {
  const counts = {
    all48: new Map() as Counts,
    children48: new Map() as Counts,
    quarters48: new Map() as Counts,
    children411a: new Map() as Counts,
    withService411a: new Map() as Counts,
    served411a: new Map() as Counts,
    services: new Map() as Counts,
    quarters411a: new Map() as Counts,
    quartersServed411a: new Map() as Counts,
    age48: new Map() as Counts,
    consent48: new Map() as Counts,
    placement48: new Map() as Counts,
    consent411a: new Map() as Counts,
    consentServed411a: new Map() as Counts,
  };
  for (const child of children) {
    if (child.isLeftBehind) continue;
    const { placement, services, consent } = child;
    const quarter = quarterOf(child.registered);
    const [province, district] = child.place ?? [null, null];
    const who = [child.sex, ageGroupOf(child.age), placement, child.disability, consent];
    const where = [province, district, ...who];
    const cell = [quarter, ...where];
    if (countsIn(quarter, child.reintegration)) {
      const reason = leftOut48(child, quarter);
      add(counts.all48, cell);
      add(counts.children48, cell, reason === null ? 1 : 0);
      add(counts.age48, cell, reason === 'age' ? 1 : 0);
      add(counts.consent48, cell, reason === 'consent' ? 1 : 0);
      add(counts.placement48, cell, reason === 'placement' ? 1 : 0);
      if (reason === null) add(counts.quarters48, [quarter, province]);
    }
    if (countsIn(quarter, child.under18)) {
      const isCounted = consent === 'true';
      add(counts.children411a, cell, isCounted ? 1 : 0);
      add(counts.consent411a, cell, isCounted ? 0 : 1);
      add(counts.withService411a, cell, isCounted && services.length > 0 ? 1 : 0);
      if (isCounted) add(counts.quarters411a, [quarter, province]);
      if (isCounted) for (const type of new Set(services)) add(counts.services, [...cell, type]);
    }
    for (const served of quartersServed(child)) {
      if (!countsIn(served, child.under18)) continue;
      add(counts.served411a, [served, ...where], consent === 'true' ? 1 : 0);
      add(counts.consentServed411a, [served, ...where], consent === 'true' ? 0 : 1);
      if (consent === 'true') add(counts.quartersServed411a, [served, province]);
    }
  }
  return counts;
};

/** A count as it may be published. */
export const rounded = (count: number): string => {
  if (count >= 1 && count <= 4) return '<5';
  const over = count % 5;
  return String(over > 2 ? count + 5 - over : count - over);
};

/** Every figure of fully described children, none of them 0, counted in another way than figures_now does. */
export const recountFigures = (children: readonly Counted[]): Figure[] => {
  const counts: Counts = new Map();
  const count = (indicator: string, measure: Measure, quarter: string, child: Counted) => {
    const of = (cut: Cut, period: string, key1: string | null = null, key2: string | null = null) =>
      add(counts, [indicator, measure, cut, period, key1 ?? '', key2 ?? '']);
    const [province, district] = child.place ?? [null, null];
    const leftOut =
      indicator === '4.8' ? leftOut48(child, quarter) : child.consent === 'true' ? null : 'consent';
    if (leftOut !== null) return of('left out', quarter, leftOut);
    of('quarter', quarter);
    of('province', quarter, province);
    of('sex and age', quarter, child.sex, ageGroupOf(child.age));
    of('disability', quarter, child.disability);
    of('placement', quarter, child.placement);
    of('district', quarter.split('-')[0]!, district, province);
  };
  for (const child of children) {
    if (child.isLeftBehind) continue;
    const quarter = quarterOf(child.registered);
    if (countsIn(quarter, child.reintegration)) count('4.8', 'registered', quarter, child);
    if (countsIn(quarter, child.under18)) count('4.11a', 'registered', quarter, child);
    for (const served of quartersServed(child))
      if (countsIn(served, child.under18)) count('4.11a', 'served', served, child);
  }
  return [...counts].map(([cell, children]) => {
    const [indicator, measure, cut, period, key1, key2] = JSON.parse(cell);
    return { indicator, measure, cut, period, key1, key2, children };
  });
};
