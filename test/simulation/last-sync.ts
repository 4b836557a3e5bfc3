import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from '../../jobs/lib/operations/state.ts';
import { addSeconds, toMs } from '../../jobs/lib/time.ts';
import type { Primero } from '../../local/primero/index.ts';
import { findDifferences } from '../support/oracle.ts';
import { Broken } from './broken.ts';
import type { Database } from './database.ts';

type Parts = {
  primero: Primero;
  ona: Database;
  /** Runs a whole sync that nothing disturbs, after enough time for all to have settled. */
  sync: (input: object) => Promise<Outcome>;
  /** Whether something may be gone from Primero, or what it said was wrong and could not be told. */
  mayDiffer: () => boolean;
  count: (event: string) => void;
};

/**
 * After all that has happened: one undisturbed sync must end complete, and ONA must equal Primero.
 * @throws {Broken}
 */
export const checkLastSync = async (
  { primero, ona, sync, mayDiffer, count }: Parts,
  input: object,
): Promise<Outcome['summary']> => {
  const { summary } = await sync(input);
  Broken.where(await findDifferences(primero, ona, toMs(addSeconds(summary.window.to, 1))));
  const mended = await ona.query(
    "SELECT FROM sync_reopened WHERE reason = 'DIFFERENCE' AND sync_id = $1",
    [summary.syncId],
  );
  if (mended.rows.length === 0) return summary;
  if (!mayDiffer()) throw new Broken('The proof found a difference that nothing explains');
  count('the last sync mends what its proof found');
  return summary;
};

const ROWS = 'SELECT c::text, xmin::text AS x FROM cases c ORDER BY 1';

/**
 * What is read again, and has not changed, must not be rewritten.
 * @param to end of the last sync's window
 * @throws {Broken}
 */
export const checkReadAgain = async ({ ona, sync, count }: Parts, to: string): Promise<void> => {
  const before = await ona.query(ROWS);
  await sync({ backfill: { from: '2000-01-01T00:00:00Z', to } });
  const after = await ona.query(ROWS);
  if (!isDeepStrictEqual(before.rows, after.rows))
    throw new Broken('What was read again was rewritten although nothing had changed');
  count('all is read again, and nothing rewritten');
};
