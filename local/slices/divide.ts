import type { Range } from '../../jobs/lib/message.ts';
import { totalQuery } from '../../jobs/lib/requests.ts';
import { addSeconds, toSecond } from '../../jobs/lib/time.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';
import { askCases } from './ask-cases.ts';

const casesOf = ({ from, to }: Range) => totalQuery('under18', from, to);

/** How many cases a window has, as good as all of them: those of children. */
export const countCases = async (primero: PrimeroCredential, window: Range): Promise<number> =>
  (await askCases(primero, casesOf(window))).total;

/**
 * Divides a window into parts with about as many cases each: cases are not spread evenly in time. The borders
 * are times of cases that Primero is asked for by their number, one small request each. What changes meanwhile
 * moves into the last part, or out of the window. Fewer parts than asked for where there are too few seconds.
 */
export const divide = async (
  primero: PrimeroCredential,
  window: Range,
  parts: number,
): Promise<Range[]> => {
  const query = {
    ...casesOf(window),
    ...{ order_by: 'last_updated_at', order: 'asc' },
  };
  const { total } = await askCases(primero, query);
  const starts = [window.from];
  for (let part = 1; part < parts && total > 0; part += 1) {
    const page = Math.max(1, Math.ceil((total * part) / parts));
    const { records } = await askCases(primero, { ...query, page });
    const at = records[0] && toSecond(records[0].last_updated_at);
    if (at && at > starts.at(-1)! && at <= window.to) starts.push(at);
  }
  return starts.map((from, index) => {
    const next = starts[index + 1];
    return { from, to: next === undefined ? window.to : addSeconds(next, -1) };
  });
};
