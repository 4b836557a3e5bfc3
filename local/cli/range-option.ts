import { InvalidArgumentError, Option } from 'commander';
import type { Range } from '../../jobs/lib/message.ts';
import { isInstant } from '../../jobs/lib/time.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A whole second, UTC; a day stands for its first or its last. */
const toSecond = (text: string, time: string): string => {
  const second = DAY.test(text) ? `${text}T${time}Z` : text;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(second) && isInstant(second)) return second;
  throw new InvalidArgumentError(
    'It must be FROM..TO, each a day such as 2026-07-01 or a time such as 2026-07-01T00:00:00Z.',
  );
};

/** Reads `2026-07-01..2026-09-30`: both days are inside. */
export const parseRange = (text: string): Range => {
  const [first = '', last = '', more] = text.split('..');
  const from = toSecond(more === undefined ? first : '', '00:00:00');
  const to = toSecond(last, '23:59:59');
  if (from <= to) return { from, to };
  throw new InvalidArgumentError('FROM must not be after TO.');
};

export const backfillOption = () =>
  new Option(
    '--backfill <FROM..TO>',
    'read again all that was last updated in these days (UTC), whatever the ledger says',
  ).argParser(parseRange);
