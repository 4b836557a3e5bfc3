import type { FamilyRules } from '../family.ts';
import { broken, rejected } from './outcome.ts';
import type { Value } from './parse-value.ts';

/** Times that a query asks for, ms: from the first, up to what comes after the last. */
export type TimeWindow = { readonly from: number; readonly before: number };

export const inWindow = (time: number, { from, before }: TimeWindow): boolean =>
  time >= from && time < before;

const DAY = 86_400_000;

/** Half a microsecond in ms: the database keeps no less, and sums of fractions are not exact. */
const EXACTLY = 0.0005;

/** The window from one time to another, both inclusive, in whole units of so many ms; 0: exact. */
const inUnits = (from: number, to: number, unit: number): TimeWindow => {
  if (unit === 0) return { from: from - EXACTLY, before: to + EXACTLY };
  const cut = (time: number) => Math.floor(time / unit) * unit;
  return { from: cut(from), before: cut(to) + unit };
};

/**
 * What a filter on `created_at` or `last_updated_at` means.
 * @throws QueryFailure for what the family's search does not take
 */
export const timeWindow = (
  field: 'created_at' | 'last_updated_at',
  value: Value,
  { engine, createdAtUnit, updatedAtUnit }: FamilyRules,
): TimeWindow => {
  const unit = field === 'created_at' ? createdAtUnit : updatedAtUnit;
  const inJson = engine === 'json' || (engine === 'columns' && field === 'last_updated_at');
  if (value.kind === 'time' || value.kind === 'day')
    // A time stands in the JSON as a text: no single one equals it.
    return inJson ? rejected() : inUnits(value.time, value.time, unit);
  if (value.kind !== 'range' || value.from.kind === 'number') return rejected();
  const { from, to } = value;
  if (from.kind !== 'time' && from.kind !== 'day') return broken('No such range');
  if (to.kind === 'blank') return { ...inUnits(from.time, from.time, unit), before: Infinity };
  if (to.kind !== 'time' && to.kind !== 'day') {
    if (engine === 'columns' && !inJson) return rejected();
    return broken('No such date');
  }
  return inUnits(from.time, to.time, inJson && from.kind === 'day' ? DAY : unit);
};
