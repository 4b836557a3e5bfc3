import type { sql as Sql } from '@openfn/language-postgresql';
import type { Client } from 'pg';
import { query } from '../../jobs/lib/operations/query.ts';
import type { State } from '../../jobs/lib/operations/state.ts';
import * as account from '../../jobs/lib/operations/upsert/account.ts';
import type { Step, UpsertState } from '../../jobs/lib/operations/upsert/state.ts';
import * as take from '../../jobs/lib/operations/upsert/take.ts';
import * as write from '../../jobs/lib/operations/upsert/write.ts';
import { packBatch } from '../../jobs/lib/pack.ts';
import type { Batch } from '../../jobs/lib/types.ts';

/** The statements of upsert-cases, in its order. */
const STATEMENTS: Step[] = [
  ...[take.begin, take.lock, take.selectHeld, write.removeCases, write.reconcile],
  ...[write.updateLeavers, write.writeRecords, account.writeLedger, account.countHeld],
  ...[account.writeProof, account.reopen, account.selectCuts, account.selectReopened],
  account.commit,
];

/** The adaptor's `sql` on a connection that stays open, and how many statements it has sent. */
const sqlOn = (client: Client) => {
  const sent = { count: 0 };
  const sql = ((statement: { text: string; values: unknown[] }) => async (state: State) => {
    sent.count += 1;
    const { rows } = await client.query(statement);
    return { ...state, data: rows };
  }) as unknown as typeof Sql;
  return { sql, sent };
};

/**
 * Writes a batch with the statements of upsert-cases: ledger, removals and gaps included, mapping and
 * connecting not. Gives the time and the number of statements.
 */
export const writeOurs = async (client: Client, batch: Batch) => {
  const { sql, sent } = sqlOn(client);
  const taken = take.readBatch({
    ...{ configuration: {}, data: null },
    batch: packBatch({ ...batch, fetchedAt: new Date().toISOString() }),
  });
  let state: UpsertState = await query(sql, take.mapRecords)(taken);
  const started = performance.now();
  for (const statement of STATEMENTS) state = await query(sql, statement)(state);
  const { updated } = state.written.leavers;
  return { ms: performance.now() - started, statements: sent.count, updated };
};
