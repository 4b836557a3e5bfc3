import { type Columns, DISABLED, ENABLED, NO_AGE } from './columns.ts';
import { drawCase } from './new-case.ts';
import type { TypeNames } from './type-names.ts';

/** What the search index knows of records that are gone. Times in ms; what is not said is drawn. */
export type GhostFacts = {
  createdAt: number;
  /** The same as `createdAt` by default. */
  updatedAt?: number;
  age?: number | null;
  type?: string | null;
  /** true by default. */
  enabled?: boolean;
};

/** Makes the row of one ghost, which no query of the database finds; returns its index. */
export const makeGhost = (
  { columns, types, seed }: { columns: Columns; types: TypeNames; seed: number },
  { createdAt, updatedAt = createdAt, age, type, enabled = true }: GhostFacts,
): number => {
  const index = columns.add();
  drawCase(columns, seed, index, updatedAt);
  columns.createdAt[index] = createdAt;
  if (age !== undefined) columns.age[index] = age ?? NO_AGE;
  if (type !== undefined) columns.type[index] = types.numberOf(type);
  columns.state[index] = enabled ? ENABLED : DISABLED;
  columns.deleted[index] = 1;
  columns.gone++;
  return index;
};
