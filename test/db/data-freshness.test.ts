import { expect, test } from 'vitest';
import { describeBoth } from '../support/ona.ts';
import { addChildren, idOf } from './children.ts';
import { addSync } from './syncs.ts';

describeBoth('data_freshness', (ona) => {
  /** Columns of a row, in their order; times to the minute. */
  const freshness = async (columns: readonly string[], indicator = '4.8') => {
    const { rows } = await ona.query<{ row: Record<string, unknown> }>(
      'SELECT to_jsonb(f) AS row FROM data_freshness f WHERE indicator = $1',
      [indicator],
    );
    expect(rows).toHaveLength(1);
    const short = (value: unknown) =>
      typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d).*/, '$1') : value;
    return columns.map((column) => short(rows[0]!.row[column]));
  };
  const COMPLETE = ['is_complete', 'complete_sync_id', 'complete_began_at', 'complete_ended_at'];

  test('has both indicators before the first sync', async () => {
    const { rows } = await ona.query('SELECT * FROM data_freshness ORDER BY indicator DESC');
    const nothing = {
      is_complete: false,
      ...{ complete_sync_id: null, complete_began_at: null, complete_ended_at: null },
      ...{ complete_but_for: null, changes_to: null },
      ...{ under_way_sync_id: null, under_way_began_at: null, under_way_last_batch_at: null },
      ...{ incomplete_sync_id: null, incomplete_began_at: null, incomplete_ended_at: null },
      ...{ incomplete_because: null, rejected_cases: '0', rejected_services: '0', unseen: '0' },
      unmapped: {},
    };
    expect(rows).toEqual([
      { indicator: '4.8', ...nothing },
      { indicator: '4.11a', ...nothing },
    ]);
  });

  test('names the last census that is complete: when it began, when it ended, for whom it is not', async () => {
    await addSync(ona, { id: 'q2', began: '2026-07-01', state: 'complete' });
    await addSync(ona, { id: 'q3', began: '2026-10-01', state: 'complete' });
    await addSync(ona, { id: 'q1', began: '2026-04-01', state: 'complete', reason: '3 unseen' });
    const q3 = [true, 'q3', '2026-10-01T00:00', '2026-10-01T00:30'];
    expect(await freshness([...COMPLETE, 'complete_but_for'])).toEqual([...q3, null]);
    expect(await freshness([...COMPLETE, 'complete_but_for'], '4.11a')).toEqual([...q3, null]);
    await addSync(ona, { id: 'q4', began: '2027-01-01', state: 'complete', reason: '3 unseen' });
    expect(await freshness(['is_complete', 'complete_sync_id', 'complete_but_for'])).toEqual([
      ...[false, 'q4', '3 unseen'],
    ]);
  });

  const UNDER_WAY = ['is_complete', 'complete_sync_id', 'under_way_sync_id', 'under_way_began_at'];

  test('says which sync is under way, and when it last wrote', async () => {
    await addSync(ona, { id: 'q3', began: '2026-10-01', state: 'complete' });
    await addSync(ona, { id: 'now', kind: 'range', began: '2026-10-02', state: 'under way' });
    const columns = [...UNDER_WAY, 'under_way_last_batch_at', 'incomplete_sync_id'];
    const now = [true, 'q3', 'now', '2026-10-02T00:00'];
    expect(await freshness(columns)).toEqual([...now, null, null]);
    await ona.query(`INSERT INTO sync_batches (sync_id, part, batch, next, summary, written_at)
      VALUES ('now', 1, 1, '[]', '{}', '2026-10-02T00:01Z'), ('now', 1, 2, '[]', '{}', '2026-10-02T00:03Z'),
             ('q3', 1, 1, '[]', '{}', '2026-10-02T00:09Z')`);
    expect(await freshness(columns)).toEqual([...now, '2026-10-02T00:03', null]);
  });

  test.for(['ended', 'superseded'])(
    'says so where a later census %s without being complete',
    async (state) => {
      const columns = [
        'is_complete',
        'complete_sync_id',
        'incomplete_sync_id',
        'incomplete_because',
      ];
      await addSync(ona, { id: 'older', began: '2026-04-01', state, reason: 'long ago' });
      expect(await freshness(columns)).toEqual([false, null, 'older', 'long ago']);
      await addSync(ona, { id: 'q2', began: '2026-07-01', state: 'complete' });
      expect(await freshness(columns)).toEqual([true, 'q2', null, null]);
      await addSync(ona, { id: 'q3', began: '2026-10-01', state, reason: 'too many removals' });
      await addSync(ona, { id: 'of cases', kind: 'range', began: '2026-10-02', state });
      expect(await freshness(columns)).toEqual([false, 'q2', 'q3', 'too many removals']);
      expect(await freshness(['incomplete_began_at', 'incomplete_ended_at'])).toEqual([
        ...['2026-10-01T00:00', '2026-10-01T00:30'],
      ]);
      await addSync(ona, { id: 'again', began: '2026-10-03', state: 'complete' });
      expect(await freshness(columns)).toEqual([true, 'again', null, null]);
    },
  );

  test('changes since are brought over up to a later day, where none is left out', async () => {
    const changes = { kind: 'changes', state: 'complete' } as const;
    const changesTo = async () => (await freshness(['changes_to']))[0];
    await addSync(ona, { id: 'c0', ...changes, began: '2026-06-01', since: '2026-03-31' });
    expect(await changesTo()).toBe(null);
    await addSync(ona, { id: 'q2', began: '2026-07-01', state: 'complete' });
    expect(await changesTo()).toBe(null);
    await addSync(ona, { id: 'c1', ...changes, began: '2026-08-01', since: '2026-06-30' });
    await addSync(ona, { id: 'late', ...changes, began: '2026-09-01', since: '2026-08-15' });
    await addSync(ona, {
      id: 'broken',
      ...changes,
      began: '2026-09-02',
      state: 'ended',
      since: '2026-06-30',
    });
    expect(await changesTo()).toBe('2026-08-01T00:00');
    expect(await freshness(COMPLETE.slice(0, 2))).toEqual([true, 'q2']);
    await addSync(ona, { id: 'q3', began: '2026-10-01', state: 'complete' });
    expect(await changesTo()).toBe(null);
  });

  test('counts rejects by indicator', async () => {
    await ona.query(`INSERT INTO sync_rejects (primero_id, scope, field, reason, indicators, sync_id)
      SELECT gen_random_uuid(), scope, 'field', 'MISSING', indicators::text[], 'q3'
      FROM (VALUES ('case', '{reintegration,under18}'), ('case', '{under18}'), ('service', '{under18}'), ('case', '{}'))
        AS r (scope, indicators)`);
    const columns = ['rejected_cases', 'rejected_services'];
    expect(await freshness(columns, '4.8')).toEqual([1, 0]);
    expect(await freshness(columns, '4.11a')).toEqual([2, 1]);
  });

  test('counts whom the last complete census could not see, by indicator', async () => {
    const over = { until: '2026-08-01T00:00:00Z' };
    await addChildren(ona, [
      { name: 'sokha' },
      { name: 'dara', reintegration: false },
      { name: 'bopha', under18: over },
      { name: 'vanna' },
    ]);
    await addSync(ona, { id: 'q2', began: '2026-07-01', state: 'complete' });
    await addSync(ona, { id: 'q3', began: '2026-10-01', state: 'complete' });
    const find = (sync: string, name: string, finding: string) =>
      ona.query(
        'INSERT INTO sync_findings (sync_id, primero_id, part, finding) VALUES ($1, $2, 1, $3)',
        [...[sync, idOf(name), finding]],
      );
    for (const name of ['sokha', 'dara', 'bopha']) await find('q3', name, 'unseen');
    await find('q2', 'vanna', 'unseen');
    await find('q3', 'vanna', 'left');
    expect(await freshness(['unseen'], '4.8')).toEqual([2]);
    expect(await freshness(['unseen'], '4.11a')).toEqual([2]);
  });

  test('adds up the codes without a label that the last complete census met', async () => {
    await addSync(ona, { id: 'q2', began: '2026-07-01', state: 'complete' });
    await addSync(ona, { id: 'q3', began: '2026-10-01', state: 'complete' });
    const batch = (sync: string, number: number, summary: object) =>
      ona.query(
        'INSERT INTO sync_batches (sync_id, part, batch, next, summary) VALUES ($1, 1, $2, $3, $4)',
        [...[sync, number, '[]', JSON.stringify(summary)]],
      );
    await batch('q2', 1, { unmapped: { sex: 100 } });
    await batch('q3', 1, { unmapped: { sex: 2 } });
    await batch('q3', 2, { unmapped: { sex: 1, service_type: 4 } });
    await batch('q3', 3, {});
    await batch('q3', 4, { unmapped: null });
    expect(await freshness(['unmapped'])).toEqual([{ sex: 3, service_type: 4 }]);
  });
});
