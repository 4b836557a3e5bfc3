import { expect, test } from 'vitest';
import { readStatus } from '../../../local/ona/status.ts';
import { describeBoth, type TestOna } from '../../support/ona.ts';

const BATCH = `
  INSERT INTO sync_batches (sync_id, batch, indicator, mode, window_to, covered, fetched, inserted,
                            updated, unchanged, removed, rejected, fetched_at, written_at)
  VALUES ($1, $2, $3, 'sync', $4, tstzrange($5, $6), 1, 1, 0, 0, 0, 0, $4, $4::timestamptz + interval '1 min')`;
const PROOF = `
  INSERT INTO sync_proofs (sync_id, batch, indicator, window_to, expected, held, proven, checked_at)
  VALUES ($1, $2, $3, $4, $5, $6, $5::bigint = $6::bigint, $4::timestamptz + interval '2 min')`;

const START = '1970-01-01T00:00:00Z';
const END = '2026-09-30T23:50:00Z';
const AFTER_END = '2026-09-30T23:50:01Z';

const cover = (ona: TestOna, indicator: string, from: string, to: string, batch = 1) =>
  ona.query(BATCH, ['s1', batch, indicator, END, from, to]);

describeBoth('status', (ona) => {
  test('is not complete on an empty ledger', async () => {
    const none = { covered: [], gaps: [], expected: null, held: null, proven: false };
    expect(await readStatus(ona.credentials)).toEqual({
      complete: false,
      indicators: { reintegration: none, under18: none },
      tables: { cases: 0, services: 0, rejects: 0 },
      lastSync: null,
    });
  });

  test('is complete when all is covered and both indicators are proven', async () => {
    for (const indicator of ['reintegration', 'under18']) {
      await cover(ona, indicator, START, AFTER_END);
      await ona.query(PROOF, ['s1', 2, indicator, END, 7, 7]);
    }
    const proven = { covered: [[START, END]], gaps: [], expected: 7, held: 7, proven: true };
    expect(await readStatus(ona.credentials)).toEqual({
      complete: true,
      indicators: { reintegration: proven, under18: proven },
      tables: { cases: 0, services: 0, rejects: 0 },
      lastSync: {
        syncId: 's1',
        mode: 'sync',
        startedAt: '2026-09-30T23:50:00Z',
        endedAt: '2026-09-30T23:52:00Z',
        batches: 2,
        windowTo: END,
        complete: true,
      },
    });
  });

  test('names the seconds that no batch has covered', async () => {
    await cover(ona, 'reintegration', START, '2026-01-01T00:00:00Z');
    await cover(ona, 'reintegration', '2026-02-01T00:00:00Z', AFTER_END, 2);
    const { complete, indicators } = await readStatus(ona.credentials);
    expect(complete).toBe(false);
    expect(indicators.reintegration.gaps).toEqual([
      ['2026-01-01T00:00:00Z', '2026-01-31T23:59:59Z'],
    ]);
    expect(indicators.under18.gaps).toEqual([[START, END]]);
  });

  test('what a broken first sync has not reached is a gap, also before all that it brought over', async () => {
    await cover(ona, 'reintegration', '2026-01-01T00:00:00Z', AFTER_END);
    const { reintegration } = (await readStatus(ona.credentials)).indicators;
    expect(reintegration.gaps).toEqual([[START, '2025-12-31T23:59:59Z']]);
  });

  test('counts a range that was reopened as a gap', async () => {
    await cover(ona, 'under18', START, AFTER_END);
    await ona.query(`INSERT INTO sync_reopened (indicator, ranges, reason, sync_id, batch)
      VALUES ('under18', '{[2026-03-01T00:00:00Z,2026-03-01T00:00:01Z)}', 'TEST', 's1', 1)`);
    const { under18 } = (await readStatus(ona.credentials)).indicators;
    expect(under18.gaps).toEqual([['2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z']]);
  });

  test('is not complete when numbers differ, or the proof is of an older window', async () => {
    for (const indicator of ['reintegration', 'under18'])
      await cover(ona, indicator, START, AFTER_END);
    await ona.query(PROOF, ['s1', 1, 'reintegration', END, 7, 7]);
    expect((await readStatus(ona.credentials)).complete).toBe(false);
    await ona.query(PROOF, ['s1', 1, 'under18', END, 9, 8]);
    expect((await readStatus(ona.credentials)).complete).toBe(false);
    await ona.query(PROOF, ['s0', 1, 'under18', '2026-06-30T00:00:00Z', 8, 8]);
    expect(await readStatus(ona.credentials)).toMatchObject({
      complete: false,
      indicators: { under18: { expected: 9, held: 8 } },
    });
  });

  test('stays complete when an old batch is run again, unless that finds a difference', async () => {
    for (const indicator of ['reintegration', 'under18']) {
      await cover(ona, indicator, START, AFTER_END);
      await ona.query(PROOF, ['s1', 1, indicator, END, 9, 9]);
      await ona.query(PROOF, ['s0', 1, indicator, '2026-06-30T00:00:00Z', 8, 8]);
    }
    expect(await readStatus(ona.credentials)).toMatchObject({
      complete: true,
      indicators: { under18: { expected: 9, held: 9, proven: true } },
    });
    await ona.query(PROOF, ['s0', 2, 'under18', '2026-06-30T00:00:00Z', 8, 7]);
    expect(await readStatus(ona.credentials)).toMatchObject({
      complete: false,
      indicators: { under18: { expected: 9, held: 9, proven: false } },
    });
  });

  test('says which table is missing, and how to add it', async () => {
    await ona.query('DROP TABLE sync_proofs CASCADE');
    await expect(readStatus(ona.credentials, 'real.json')).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(
        /^ONA_TABLE_MISSING: ONA at \S+ has no table sync_proofs: run `npm run -s cli -- migrate --credentials real.json`$/,
      ),
    });
  });
});
