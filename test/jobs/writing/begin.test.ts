import { expect, test } from 'vitest';
import BEGIN_SYNC from '../../../jobs/writing/begin-sync.sql';
import LOOK_UP_SYNC from '../../../jobs/writing/look-up-sync.sql';
import PICK_SAMPLE from '../../../jobs/writing/pick-sample.sql';
import SELECT_LOCATIONS from '../../../jobs/writing/select-locations.sql';
import SETTINGS from '../../../jobs/writing/settings.sql';
import SUPERSEDE from '../../../jobs/writing/supersede.sql';
import { createdAt } from '../../support/children.ts';
import { describeBoth } from '../../support/ona.ts';
import { locationRows } from '../mapping/places.ts';
import { idOf } from '../message/messages.ts';
import { hold, note, recordOf, run, SYNC } from './held.ts';

const second = (number: number) => createdAt(number).replace('.000', '');

describeBoth('before a batch is written', (ona) => {
  const lookUp = async (batch = 2, part = 1, since: string | null = null) =>
    (await run(ona, LOOK_UP_SYNC, [SYNC, part, batch, since]))[0]!;
  const batch = (number: number, { syncId = SYNC, part = 1, hoursAgo = 0 } = {}) =>
    ona.query(
      `INSERT INTO sync_batches VALUES ($1, $2, $3, $4, '{}', now() - make_interval(hours => $5))`,
      [syncId, part, number, JSON.stringify([{ batch: number + 1 }]), hoursAgo],
    );

  test('look-up-sync.sql finds nothing of a sync that ONA does not know', async () => {
    expect(await lookUp()).toEqual({
      sync: null,
      age_hours: null,
      next: null,
      is_overtaken: false,
      other: null,
      other_age_hours: null,
      other_kind: null,
      complete_since: null,
      lists: null,
    });
  });

  test('look-up-sync.sql finds the sync, and since when it goes on', async () => {
    await note(ona, { began_at: new Date(Date.now() - 5 * 3_600_000).toISOString() });
    const { sync, age_hours } = await lookUp();
    expect(sync).toMatchObject({ sync_id: SYNC, kind: 'census', state: 'under way', parts: 1 });
    expect(age_hours).toBeCloseTo(5, 1);
  });

  test('look-up-sync.sql finds what a batch that is written posted, and whether a later one is, in its part', async () => {
    await note(ona);
    await batch(2);
    await batch(3, { part: 2 });
    expect(await lookUp(2)).toMatchObject({ next: [{ batch: 3 }], is_overtaken: false });
    expect(await lookUp(3)).toMatchObject({ next: null, is_overtaken: false });
    await batch(3);
    expect(await lookUp(2)).toMatchObject({ is_overtaken: true });
  });

  test('look-up-sync.sql finds another sync under way, and how long ago its last batch was', async () => {
    const began_at = new Date(Date.now() - 9 * 3_600_000).toISOString();
    await note(ona, { sync_id: 'other', kind: 'changes', began_at });
    expect(await lookUp()).toMatchObject({ other: 'other', other_kind: 'changes' });
    expect((await lookUp()).other_age_hours).toBeCloseTo(9, 1);
    await batch(1, { syncId: 'other', hoursAgo: 4 });
    await batch(2, { syncId: 'other', hoursAgo: 3 });
    expect((await lookUp()).other_age_hours).toBeCloseTo(3, 1);
    await ona.query("UPDATE syncs SET state = 'ended'");
    expect(await lookUp()).toMatchObject({ other: null });
  });

  test('look-up-sync.sql finds a complete census by when it began', async () => {
    const began_at = '2026-10-02T00:00:00Z';
    await note(ona, { sync_id: 'a', state: 'complete', began_at });
    await note(ona, {
      sync_id: 'b',
      state: 'complete',
      kind: 'changes',
      began_at: '2026-11-01T00:00:00Z',
    });
    await note(ona, { sync_id: 'c', state: 'ended', began_at: '2026-11-01T00:00:00Z' });
    expect((await lookUp(1, 1, '2026-10-03T00:00:00Z')).complete_since).toBeNull();
    expect((await lookUp(1, 1, '2026-10-01T00:00:00Z')).complete_since).toBe(began_at);
  });

  test('begin-sync.sql notes what the sync is, what ONA holds, and whom to ask about', async () => {
    await hold(ona, recordOf(1), recordOf(2));
    const values = [SYNC, 'census', second(0), null, null, 3, 7, '{"under18":5}', [idOf(9)]];
    const [begun] = await run<{ sync: object }>(ona, BEGIN_SYNC, values);
    expect(begun!.sync).toMatchObject({
      sync_id: SYNC,
      kind: 'census',
      created_to: null,
      parts: 3,
      accept_removals: 7,
      state: 'under way',
      held_before: 2,
      first_totals: { under18: 5 },
    });
    expect(await run(ona, 'SELECT primero_id, part, finding FROM sync_findings')).toEqual([
      { primero_id: idOf(9), part: 1, finding: null },
    ]);
  });

  test('no second sync can be under way: the database refuses it', async () => {
    await note(ona, { sync_id: 'other' });
    await expect(note(ona)).rejects.toThrow(/syncs_under_way/);
  });

  test('supersede.sql ends another sync that is under way, and no other', async () => {
    await note(ona, { sync_id: 'other' });
    await note(ona, { sync_id: 'over', state: 'ended', reason: 'why' });
    await run(ona, SUPERSEDE, [SYNC]);
    expect(await run(ona, 'SELECT sync_id, state, reason FROM syncs ORDER BY sync_id')).toEqual([
      { sync_id: 'other', state: 'superseded', reason: `Sync ${SYNC} took its place.` },
      { sync_id: 'over', state: 'ended', reason: 'why' },
    ]);
    await note(ona);
    await run(ona, SUPERSEDE, [SYNC]);
    expect(await run(ona, "SELECT sync_id FROM syncs WHERE state = 'under way'")).toHaveLength(1);
  });

  const sample = async (parts: [from: string, to: string | null][], points = 4) => {
    const rows = await run<{ part: number; primero_id: string }>(ona, PICK_SAMPLE, [
      parts.map(([from]) => from),
      parts.map(([, to]) => to),
      points,
    ]);
    return rows.map(({ part, primero_id }) => [part, Number(primero_id.slice(-12))]).sort();
  };
  const holdAt = (...numbers: number[]) =>
    hold(ona, ...numbers.map((number) => recordOf(number, { created_at: createdAt(number) })));

  test('pick-sample.sql picks children spread over the creation time of each part', async () => {
    await holdAt(0, 1, 2, 3, 100, 200, 300, 400, 500, 600);
    expect(await sample([[second(0), second(401)]])).toEqual([
      [1, 0],
      [1, 100],
      [1, 200],
      [1, 300],
    ]);
    expect(
      await sample(
        [
          [second(0), second(4)],
          [second(4), null],
        ],
        2,
      ),
    ).toEqual([
      [1, 0],
      [1, 2],
      [2, 100],
      [2, 400],
    ]);
  });

  test('pick-sample.sql picks nobody of a part that has nobody, and no row without a child', async () => {
    await ona.query(
      "INSERT INTO cases (case_id, primero_created_at) VALUES ('whose child a hand took away', $1)",
      [second(4)],
    );
    await holdAt(5);
    expect(
      await sample([
        [second(0), second(2)],
        [second(2), null],
      ]),
    ).toEqual([[2, 5]]);
  });

  test('settings.sql sets its limits and UTC for one transaction, and lets writers take turns', async () => {
    await ona.query("SET TimeZone = 'Asia/Phnom_Penh'; SET DateStyle = 'SQL, DMY'");
    await ona.query('BEGIN');
    await run(ona, SETTINGS, [1000, 2000, 3000]);
    const show = async (name: string) => Object.values((await run(ona, `SHOW ${name}`))[0]!)[0];
    const names = ['TimeZone', 'DateStyle', 'lock_timeout', 'statement_timeout', 'jit'];
    expect(await Promise.all(names.map(show))).toEqual(['UTC', 'ISO, YMD', '1s', '2s', 'off']);
    expect(await show('idle_in_transaction_session_timeout')).toBe('3s');
    // Of this connection: others use the server, too.
    const locks =
      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()";
    expect(await run(ona, locks)).toHaveLength(1);
    await ona.query('COMMIT');
    expect(await show('TimeZone')).toBe('Asia/Phnom_Penh');
    expect(await run(ona, locks)).toHaveLength(0);
    await ona.query('RESET TimeZone; RESET DateStyle');
  });

  test('select-locations.sql reads all places', async () => {
    const rows = await run(ona, SELECT_LOCATIONS);
    const byCode = (all: readonly object[]) =>
      [...all].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    expect(byCode(rows)).toEqual(byCode(locationRows));
  });
});
