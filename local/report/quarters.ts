/** What a child without a date is in. */
export const UNKNOWN = 'unknown';

type Parts = [year: number, number: number];

const parse = (quarter: string): Parts => quarter.split('-Q').map(Number) as Parts;

/** The quarter that is some quarters before another one: `ago('2026-Q1', 1)` is `2025-Q4`. */
export const ago = (quarter: string, count: number): string => {
  const [year, number] = parse(quarter);
  const index = 4 * year + number - 1 - count;
  return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
};

/** The quarter of a time, by UTC. */
export const quarterOf = (at: Date): string =>
  `${at.getUTCFullYear()}-Q${Math.floor(at.getUTCMonth() / 3) + 1}`;

/** Quarters in the order of time; without a date comes last. */
export const inOrder = (quarters: Iterable<string>): string[] => {
  const all = new Set(quarters);
  const dated = [...all].filter((quarter) => quarter !== UNKNOWN).sort();
  return all.has(UNKNOWN) ? [...dated, UNKNOWN] : dated;
};
