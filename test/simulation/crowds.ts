/** Names of crowds of cases that change at once, by how many they are at least. */
const CROWDS: readonly [least: number, name: string][] = [
  [3000, '3,000'],
  [200, 'hundreds'],
];

/** What so many cases that change at once are called; undefined where they are few. */
export const crowdOf = (cases: number): string | undefined =>
  CROWDS.find(([least]) => cases >= least)?.[1];
