import { START_OF_RECORDS } from '../../jobs/policy.ts';
import { addSeconds, type Second } from '../../jobs/time.ts';
import type { OnaCredential } from '../credentials/schema.ts';
import { readStatus } from '../ledger/read-status.ts';
import { CENSUS, type SyncInput } from '../sync/input.ts';
import { UserError } from '../user-error.ts';
import type { CensusOptions } from './census-options.ts';

const DAY_SECONDS = 24 * 60 * 60;

/** Options that cannot be combined: the first one with each of the others. */
const EXCLUDE: [keyof CensusOptions, (keyof CensusOptions)[]][] = [
  ['changesOnly', ['from', 'to', 'case', 'acceptRemovals', 'takeOver', 'parts']],
  ['case', ['from', 'to', 'acceptRemovals', 'parts']],
  ['from', ['acceptRemovals', 'parts']],
  ['to', ['acceptRemovals', 'parts']],
  ['dryRun', ['acceptRemovals', 'takeOver', 'parts']],
];

const flag = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * Refuses options that contradict each other.
 * @throws {UserError} USAGE, exit code 2
 */
export const checkCensusOptions = (options: CensusOptions): void => {
  const given = (name: keyof CensusOptions) => options[name] !== undefined;
  for (const [name, others] of EXCLUDE) {
    const other = given(name) ? others.find(given) : undefined;
    if (other)
      throw new UserError(
        'USAGE',
        `${flag(name)} and ${flag(other)} exclude each other`,
        `leave one out`,
      );
  }
  const { from = START_OF_RECORDS, to } = options;
  if (to !== undefined && to <= from)
    throw new UserError('USAGE', '--to must be after --from', 'correct one of them');
};

/** Changes are brought over since a day before the last complete census began: that census may have missed what came later. */
const changedSince = async (ona: OnaCredential, file?: string): Promise<Second> => {
  const { census } = await readStatus(ona, file);
  if (census) return addSeconds(census.beganAt, -DAY_SECONDS);
  throw new UserError(
    'CENSUS_MISSING',
    'there is no complete census yet to which changes could be added',
    'run `sync` without --changes-only',
  );
};

/** What job 0 gets for the options of `sync`. */
export const toSyncInput = async (
  options: CensusOptions,
  ona: OnaCredential,
  file?: string,
): Promise<SyncInput> => {
  const { changesOnly, from, to, case: ids, acceptRemovals, takeOver, parts, dryRun } = options;
  return {
    ...(ids ? { from: null, ask: ids } : CENSUS),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(changesOnly && { changedSince: await changedSince(ona, file) }),
    ...(acceptRemovals !== undefined && { acceptRemovals }),
    ...(takeOver && { takeOver }),
    ...(parts !== undefined && { parts }),
    ...(dryRun && { dryRun }),
  };
};
