import type { Command } from 'commander';
import { readStatus, type Status } from '../../ona/status.ts';
import { indicatorTable, nextSync } from '../closing.ts';
import { allowHttpOption, credentialsOption, jsonOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { EXIT, type ExitCode } from '../user-error.ts';
import { plural } from '../words.ts';
import { type TargetOptions, withTargetOna } from './target.ts';

/**
 * Where the newest window was a part of what is missing (a slice's, a backfill's), nothing says yet how much comes
 * after it: no gap is not the end.
 */
const endOf = ({ complete, indicators, lastSync }: Status): string[] => {
  if (complete || lastSync?.mode === 'sync') return [];
  const ends = Object.values(indicators).map(({ covered }) => covered.at(-1)?.[1] ?? '');
  const last = ends.sort().at(-1);
  return last ? [`Nothing that was last updated after ${last} was brought over yet.`] : [];
};

/** What `status` says to people. */
export const statusText = (status: Status): string => {
  const { complete, tables, lastSync } = status;
  if (!lastSync) return 'Nothing has been synced yet: run `sync`.\n';
  const gaps = Object.values(status.indicators).flatMap(({ gaps }) => gaps);
  const state = complete
    ? 'Complete'
    : gaps.length > 0
      ? 'Not complete: there are gaps'
      : 'Not proven yet';
  const missing = gaps.slice(0, 10).map(([from, to]) => `  gap from ${from} to ${to}`);
  return [
    `${state}. Last sync ${lastSync.syncId}: ${plural(lastSync.batches, 'batch', 'batches')}, ${lastSync.startedAt} to ${lastSync.endedAt}, window up to ${lastSync.windowTo}.`,
    indicatorTable(status),
    ...missing,
    ...endOf(status),
    `${plural(tables.cases, 'case', 'cases')}, ${plural(tables.services, 'service', 'services')}, ${plural(tables.rejects, 'reject', 'rejects')}.`,
    ...nextSync(status),
    '',
  ].join('\n');
};

/** Prints what the ledger says. Gives the exit code: 0 whenever it could be read. */
export const status = async (
  options: TargetOptions & { json?: boolean },
  { out }: Terminal,
): Promise<ExitCode> => {
  const found = await withTargetOna(options, 'status', readStatus);
  out.write(options.json ? `${JSON.stringify(found)}\n` : statusText(found));
  return EXIT.complete;
};

export const addStatus = (program: Command, { end, terminal }: Host) => {
  program
    .command('status')
    .description('what the ledger says: covered, missing, proven, and the last sync')
    .option('--sandbox', 'the local sandbox, also when the environment names credentials')
    .addOption(credentialsOption())
    .addOption(allowHttpOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  $ npm run -s cli -- status
  $ npm run -s cli -- status --json
  $ npm run -s cli -- status --credentials real.json`,
    )
    .action((options) => end(status(options, terminal)));
};
