import { HOURS } from '../../jobs/policy.ts';
import type { LedgerSync } from '../ledger/read-sync.ts';

const CLI = 'npm run -s cli --';

/** The commands to type, for real servers or for the sandbox. */
const commandsFor = (file: string | undefined) => ({
  replay: (id: string) => `${CLI} replay ${id}${file ? ` --credentials ${file}` : ''}`,
  sync: (rest = '') => `${CLI} sync ${file ? `--credentials ${file}` : '--sandbox'}${rest}`,
});

/**
 * What to do about a sync that stopped before its end.
 * @param file the credentials file; absent for the sandbox
 */
export const howToGoOn = (sync: LedgerSync | null, file?: string): string[] => {
  const { replay, sync: anew } = commandsFor(file);
  if (sync === null) return [`Start a new sync: ${anew()}`];
  if (sync.state === 'complete') return [];
  if (sync.state !== 'under way') return [`Start a new sync: ${anew()}`];
  if (sync.pending.length === 0) return [`Start a new sync: ${anew(' --take-over')}`];
  return [
    `Continue after its last batch: ${replay(sync.syncId)}`,
    `Or start a new sync: ${anew(' --take-over')}`,
    `Without --take-over, a new sync can start only ${HOURS.standsStill} hours after the last batch.`,
  ];
};
