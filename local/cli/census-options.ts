import { type Command, InvalidArgumentError, Option } from 'commander';
import { ASKED_IDS } from '../../jobs/policy.ts';
import { addSeconds, isInstant, type Second } from '../../jobs/time.ts';
import { whole } from './options.ts';

/** What `sync` can be told to bring over, and how. */
export type CensusOptions = {
  changesOnly?: boolean;
  from?: Second;
  to?: Second;
  case?: string[];
  acceptRemovals?: number;
  takeOver?: boolean;
  parts?: number;
  dryRun?: boolean;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_SECONDS = 24 * 60 * 60;

const toSecond = (text: string): Second => {
  const second = DAY.test(text) ? `${text}T00:00:00Z` : text;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(second) && isInstant(second)) return second;
  throw new InvalidArgumentError(
    'It must be a day such as 2026-07-01, or a time in UTC such as 2026-07-01T00:00:00Z.',
  );
};

/** A day that is given as the end is included: the window ends when the next day begins. */
const toEnd = (text: string): Second =>
  DAY.test(text) ? addSeconds(toSecond(text), DAY_SECONDS) : toSecond(text);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const addCase = (text: string, before: string[] = []): string[] => {
  const id = text.toLowerCase();
  if (!UUID.test(id))
    throw new InvalidArgumentError(
      'It must be the UUID in the address of the case in Primero, such as 3f0b6c1e-9a52-4d0e-8c1b-0c5a7d9e2f11.',
    );
  if (before.length >= ASKED_IDS)
    throw new InvalidArgumentError(`At most ${ASKED_IDS} cases can be read again at once.`);
  return [...before, id];
};

/** Adds the options that say what a sync brings over. */
export const censusOptions = (command: Command): Command =>
  command
    .option(
      '--changes-only',
      'read only what changed since one day before the last complete census began; removes no child',
    )
    .addOption(
      new Option(
        '--from <when>',
        'read again the cases created from this day or time on (UTC); removes no child',
      ).argParser(toSecond),
    )
    .addOption(
      new Option(
        '--to <when>',
        'read again only cases created until the end of this day, or before this time (UTC)',
      ).argParser(toEnd),
    )
    .addOption(
      new Option(
        '--case <id>',
        'read this case again (its UUID in Primero; can be given several times); removes no child',
      ).argParser(addCase),
    )
    .addOption(
      new Option(
        '--accept-removals <n>',
        'let the sync remove up to this many children, even if that is more than 10 and more than 5 % of ONA',
      ).argParser(whole(0, 1_000_000_000)),
    )
    .option('--take-over', 'start even if another sync is under way, and end that one')
    .addOption(
      new Option(
        '--parts <n>',
        'split the census into this many parts that run at the same time; use 2 if Primero has two workers',
      ).argParser(whole(1, 16)),
    )
    .option('--dry-run', 'read, map and compare, but write nothing; show what a sync would do');
