import { InvalidArgumentError, Option } from 'commander';
import type { Range } from '../../jobs/lib/message.ts';
import { SAFETY_LAG_SECONDS } from '../../jobs/lib/settings.ts';
import { addSeconds, isInstant } from '../../jobs/lib/time.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A whole second, UTC; a day stands for its first or its last. */
const toSecond = (text: string, time: string): string => {
  const second = DAY.test(text) ? `${text}T${time}Z` : text;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(second) && isInstant(second)) return second;
  throw new InvalidArgumentError(
    'It must be FROM..TO, each a day such as 2026-07-01 or a time such as 2026-07-01T00:00:00Z.',
  );
};

/** The last second that Primero is sure to show all of: a message's window must end by then. */
const lastSecond = (now: number): string => addSeconds(now, -SAFETY_LAG_SECONDS);

/** The last day that ended by then, such as 2026-09-30. */
const lastWholeDay = (now: number): string =>
  addSeconds(`${addSeconds(lastSecond(now), 1).slice(0, 10)}T00:00:00Z`, -1).slice(0, 10);

/**
 * Reads `2026-07-01..2026-09-30`: both days are inside.
 * @param now ms since 1970: the range must have ended a safety lag before
 */
export const parseRange = (text: string, now = Date.now()): Range => {
  const [first = '', last = '', more] = text.split('..');
  const from = toSecond(more === undefined ? first : '', '00:00:00');
  const to = toSecond(last, '23:59:59');
  if (from > to) throw new InvalidArgumentError('FROM must not be after TO.');
  if (to > lastSecond(now))
    throw new InvalidArgumentError(
      `TO must be before today, or a time ${SAFETY_LAG_SECONDS / 60} minutes ago or earlier: the last whole day is ${lastWholeDay(now)} (UTC).`,
    );
  return { from, to };
};

export const backfillOption = () =>
  new Option(
    '--backfill <FROM..TO>',
    'read again all that was last updated in these days (UTC), whatever the ledger says',
  ).argParser((text: string) => parseRange(text));
