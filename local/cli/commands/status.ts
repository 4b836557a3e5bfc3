import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readStatus, type Status } from '../../ledger/read-status.ts';
import type { LedgerSync } from '../../ledger/read-sync.ts';
import { lockHolder } from '../../sync/lock.ts';
import { sandboxPaths } from '../../sync/state-folder.ts';
import { jsonOption, targetOptions } from '../options.ts';
import { goingOf, statusText } from '../status-text.ts';
import { syncDocument } from '../sync-document.ts';
import type { Host, Terminal } from '../terminal.ts';
import { realTarget, type TargetOptions, withTargetOna } from './target.ts';

export type StatusOptions = TargetOptions & { json?: boolean; maxAge?: number };

/** Days of an age such as `100d`. */
const parseAge = (text: string): number => {
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? [];
  if (days !== undefined) return Number(days);
  throw new InvalidArgumentError('It must be a number of days, such as 100d.');
};

/** Whether a census is complete, and not older than what is allowed. */
export const isFresh = ({ censusAgeDays }: Status, maxAgeDays = Number.POSITIVE_INFINITY) =>
  censusAgeDays !== null && censusAgeDays <= maxAgeDays;

const document = (status: Status, fresh: boolean, isAlone: boolean) => {
  const { newest, census, changes, ...rest } = status;
  const asDocument = (sync: LedgerSync | null) =>
    sync && { ...syncDocument(sync), going: goingOf(sync, isAlone) };
  return {
    fresh,
    ...rest,
    newest: asDocument(newest),
    census: asDocument(census),
    changes: asDocument(changes),
  };
};

/** Prints what the ledger says. Returns the exit code. */
export const status = async (options: StatusOptions, { out }: Terminal): Promise<ExitCode> => {
  const isReal = (await realTarget(options)) !== null;
  const isAlone = !isReal && (await lockHolder(sandboxPaths().lock)) === null;
  const { found, file } = await withTargetOna(options, 'status', async (ona, path) => ({
    found: await readStatus(ona, path),
    file: path,
  }));
  const fresh = isFresh(found, options.maxAge);
  out.write(
    options.json
      ? `${JSON.stringify(document(found, fresh, isAlone))}\n`
      : statusText(found, { file, isAlone, width: out.columns }),
  );
  return fresh ? EXIT.complete : EXIT.stale;
};

export const addStatus = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('status')
    .description(
      'show whether ONA is complete, since when and except for what, and how far a sync is',
    );
  targetOptions(command)
    .addOption(
      new Option(
        '--max-age <days>',
        'end with exit code 4 if the last complete census began longer ago than this, such as 100d',
      ).argParser(parseAge),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Exit codes: 0 a census is complete, and not older than --max-age; 1 ONA cannot be read; 2 bad
configuration or usage; 4 no census is complete, or the last one is older

Examples:
  $ npm run -s cli -- status
  $ npm run -s cli -- status --json
  $ npm run -s cli -- status --credentials real.json --max-age 100d`,
    )
    .action((options) => end(status(options, terminal)));
};
