import type { Family } from '../store-options.ts';
import { broken, rejected } from './outcome.ts';
import type { Value } from './parse-value.ts';

/** First and last ms of `last_updated_at` that a query asks for, both inclusive. */
export type TimeWindow = { from: number; to: number };

export const ALWAYS: TimeWindow = { from: -Infinity, to: Infinity };

const DAY = 86_400_000;

/**
 * What a filter on `last_updated_at` means.
 *
 * Family 2.9 compares milliseconds. Family 2.11 cuts both bounds and the record's own time to the
 * second, or all three to the day where the first bound is a day (date_range.rb).
 */
export const timeWindow = (value: Value, family: Family): TimeWindow => {
  if (value.kind === 'time' || value.kind === 'day') {
    if (family === '2.11') return rejected();
    return { from: value.time, to: value.time };
  }
  if (value.kind !== 'range' || value.from.kind === 'number') {
    return family === '2.11' ? rejected() : broken('last_updated_at is compared with no time');
  }
  const { from, to } = value;
  if (from.kind !== 'time' && from.kind !== 'day') return broken('No such range');
  if (to.kind !== 'time' && to.kind !== 'day' && to.kind !== 'blank') return broken('No such date');
  const last = to.kind === 'blank' ? Infinity : to.time;
  if (family === '2.9') return { from: from.time, to: last };
  const unit = from.kind === 'day' ? DAY : 1000;
  const cut = (time: number) => Math.floor(time / unit) * unit;
  return { from: cut(from.time), to: cut(last) + unit - 1 };
};
