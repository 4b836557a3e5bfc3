import { randomUUID } from 'node:crypto';
import type { sql as Sql } from '@openfn/language-postgresql';
import type { Client } from 'pg';
import type { Batch } from '../../../jobs/asking/batch.ts';
import { INDICATORS } from '../../../jobs/indicators.ts';
import type { Message } from '../../../jobs/message/message.ts';
import { START_OF_RECORDS } from '../../../jobs/policy.ts';
import type { State } from '../../../jobs/state.ts';
import * as account from '../../../jobs/writing/account.ts';
import * as begin from '../../../jobs/writing/begin.ts';
import { findConflicts } from '../../../jobs/writing/conflicts.ts';
import * as findings from '../../../jobs/writing/findings.ts';
import LET_GO from '../../../jobs/writing/let-go.sql';
import { query } from '../../../jobs/writing/query.ts';
import type { MappedChild, WriteState } from '../../../jobs/writing/state.ts';
import { takeBatch } from '../../../jobs/writing/take.ts';
import { writeCases } from '../../../jobs/writing/write-cases.ts';
import { writeServices } from '../../../jobs/writing/write-services.ts';

/** Limits, so that nobody has to wait, ms: for a lock, a statement (one counts all rows), and an idle transaction. */
const LIMITS = [1000, 15_000, 5000];

/** The window of the batch: no child was created in it but the two that are invented. */
const WINDOW = { from: START_OF_RECORDS, to: '1900-01-02T00:00:00Z' };

/** The result: the step that failed, and what PostgreSQL said; tables that do not store what they are given. */
export type Trial = {
  failed: { doing: string; error: unknown } | null;
  changing: string[];
};

type Operation = (state: WriteState) => WriteState | Promise<WriteState>;

type Step = [doing: string, operation: Operation];

/** A batch of a dry run, of a sync that ONA does not know and of which nothing is posted. */
const inventBatch = (): Batch => ({
  message: {
    ...{ type: 'primero-ona-sync/batch', version: 2, syncId: `check-${randomUUID()}` },
    ...{ part: 1, batch: 3, from: START_OF_RECORDS, to: null, ask: [], dryRun: true },
  } as Message,
  windows: [{ ...WINDOW, counts: { [INDICATORS[0]!.name]: [1, 0] } }],
  ...{
    next: null,
    left: null,
    rows: [],
    values: [],
    lists: null,
    totals: null,
    cuts: [],
    recounted: [],
  },
  findings: [{ id: randomUUID(), finding: 'counts', indexed: true }],
});

/** The adaptor's operation on an open connection. PostgreSQL's own error is kept: the jobs pass on less. */
const sqlOn = (client: Client) => {
  const last: { error: unknown } = { error: null };
  const sql =
    ({ text, values }: { text: string; values: unknown[] }) =>
    async (state: State) => {
      try {
        return { ...state, data: (await client.query(text, values)).rows };
      } catch (error) {
        last.error = error;
        throw error;
      }
    };
  return { sql: sql as unknown as typeof Sql, last };
};

/** What upsert-cases does with a batch, and what later batches do with its children. */
const steps = (sql: typeof Sql, client: Client, full: MappedChild, bare: MappedChild): Step[] => {
  const writing: Step[] = [
    ['looking up ids', query(sql, findConflicts)],
    ['writing cases', writeCases(sql)],
    ['writing services', writeServices(sql)],
  ];
  const moved = { ...full, row: { ...full.row!, case_id: `${full.row!.case_id}`.toUpperCase() } };
  return [
    ['beginning', query(sql, begin.begin)],
    ['waiting for the lock of a batch', query(sql, { ...begin.lock, values: () => LIMITS })],
    ['looking up the sync', query(sql, begin.lookUpSync)],
    ['noting the sync', query(sql, begin.supersede)],
    ['noting the sync', query(sql, begin.beginSync)],
    ['noting findings', query(sql, findings.takeFindings)],
    ['counting open questions', query(sql, findings.countOpen)],
    ...writing,
    ['noting the batch', query(sql, account.noteBatch)],
    ['looking what is open', query(sql, findings.askForEnd)],
    ['keeping the batch', account.decide],
    ['keeping the batch', query(sql, account.finishBatch)],
    // A child that gets another case_id, and one that loses its row.
    ['changing a case_id', (state) => ({ ...state, children: [moved] })],
    ...writing.map(([, operation]): Step => ['changing a case_id', operation]),
    [
      'removing a child',
      async (state) => {
        await client.query(LET_GO, [[], [], [bare.id]]);
        await client.query('SET CONSTRAINTS ALL IMMEDIATE');
        return state;
      },
    ],
  ];
};

/** Tables whose rows each sync would write again, because they do not store values as they are given. */
const changingTables = async (sql: typeof Sql, state: WriteState): Promise<string[]> => {
  const again = await writeServices(sql)(
    await writeCases(sql)(await query(sql, findConflicts)(state)),
  );
  return [
    ...([...again.outcomes.values()].every((outcome) => outcome === 'unchanged') ? [] : ['cases']),
    ...(again.services.written === 0 ? [] : ['services']),
  ];
};

/**
 * Does with two invented children what upsert-cases does with a batch, with the same statements, and rolls everything back.
 * Waits only a second for a lock.
 */
export const tryToWrite = async (
  client: Client,
  { full, bare }: { full: MappedChild; bare: MappedChild },
): Promise<Trial> => {
  const { sql, last } = sqlOn(client);
  const trial: Trial = { failed: null, changing: [] };
  let state: WriteState = {
    ...takeBatch({ configuration: {}, data: null, references: [], batch: inventBatch() } as never),
    children: [full, bare],
  };
  let doing = '';
  try {
    for (const [name, operation] of steps(sql, client, full, bare)) {
      doing = name;
      if (name === 'noting the batch') trial.changing = await changingTables(sql, state);
      state = await operation(state);
      // A value that a column does not take does not fail a batch; it makes a reject.
      const refused = state.rejects.some(({ reason }) => reason === 'NOT_TAKEN');
      if (refused) throw last.error;
    }
  } catch (error) {
    trial.failed = { doing, error: last.error ?? error };
  } finally {
    await client.query('ROLLBACK').catch(() => {});
  }
  return trial;
};
