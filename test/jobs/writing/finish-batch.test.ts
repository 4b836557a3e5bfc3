import { beforeEach, expect, test } from 'vitest';
import FINISH_BATCH from '../../../jobs/writing/finish-batch.sql';
import FORGET_EARLIER from '../../../jobs/writing/forget-earlier.sql';
import { describeBoth } from '../../support/ona.ts';
import { idOf } from '../message/messages.ts';
import { find, hold, note, recordOf, run, SYNC } from './held.ts';

describeBoth('finish-batch.sql', (ona) => {
  beforeEach(() => note(ona));

  const finish = (batch: number, fields: Record<string, unknown> = {}) => {
    const all = {
      next: [{ batch: batch + 1 }],
      state: 'under way',
      reason: null,
      removed: 0,
      totals: null,
      ask: [] as number[],
      ...fields,
    };
    const { next, state, reason, removed, totals } = all;
    const ask = all.ask.map(idOf);
    return run(ona, FINISH_BATCH, [
      ...[SYNC, 1, batch, JSON.stringify(next), '{"did":"wrote"}', state, reason, removed],
      totals && JSON.stringify(totals),
      ask,
    ]);
  };
  const sync = async () =>
    (
      await run(
        ona,
        'SELECT state, reason, removed, last_totals, ended_at IS NULL AS goes_on, held_after FROM syncs',
      )
    )[0];

  test('keeps the batch, with its messages and its summary', async () => {
    await finish(2);
    expect(await run(ona, 'SELECT part, batch, next, summary FROM sync_batches')).toEqual([
      { part: 1, batch: 2, next: [{ batch: 3 }], summary: { did: 'wrote' } },
    ]);
    expect(await sync()).toMatchObject({ state: 'under way', goes_on: true, held_after: null });
  });

  test('refuses a batch that is kept already', async () => {
    await finish(2);
    await expect(finish(2)).rejects.toThrow(/sync_batches_pkey/);
  });

  test('notes how the sync ended, and what ONA holds then', async () => {
    await hold(ona, recordOf(1));
    const totals = { under18: { all: 1, dated: 1 } };
    await finish(2, { removed: 1 });
    await finish(3, { next: [], state: 'complete', reason: 'but for one', removed: 2, totals });
    expect(await sync()).toEqual({
      state: 'complete',
      reason: 'but for one',
      removed: 3,
      last_totals: totals,
      goes_on: false,
      held_after: '1',
    });
  });

  test('opens questions, also such as were answered', async () => {
    await find(ona, [{ number: 1, finding: 'counts', part: 2, asked: 1 }]);
    await finish(2, { ask: [1, 2] });
    const rows = await run(
      ona,
      'SELECT finding, part, asked FROM sync_findings ORDER BY primero_id',
    );
    expect(rows).toEqual([
      { finding: null, part: 1, asked: 1 },
      { finding: null, part: 1, asked: 0 },
    ]);
  });
});

describeBoth('forget-earlier.sql', (ona) => {
  test('forgets findings, windows and rejects of other syncs, and keeps its own', async () => {
    for (const sync_id of [SYNC, 'other']) {
      await note(ona, { sync_id, state: 'ended' });
      await find(ona, [{ number: 1, sync_id }]);
      await ona.query("INSERT INTO sync_windows VALUES ($1, now(), NULL, '{}')", [sync_id]);
      await ona.query(
        `INSERT INTO sync_rejects (primero_id, scope, field, reason, indicators, sync_id)
         VALUES ($1, 'case', $2, 'x', '{}', $2)`,
        [idOf(1), sync_id],
      );
    }
    await run(ona, FORGET_EARLIER, [SYNC]);
    for (const table of ['sync_findings', 'sync_windows', 'sync_rejects'])
      expect([table, await run(ona, `SELECT sync_id FROM ${table}`)]).toEqual([
        table,
        [{ sync_id: SYNC }],
      ]);
    expect(await run(ona, 'SELECT 1 FROM syncs')).toHaveLength(2);
  });
});
