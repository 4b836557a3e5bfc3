import { expect, test } from 'vitest';
import { migrate } from '../../local/ona/migrate.ts';
import { batch, record, result } from '../support/batches.ts';
import { message } from '../support/messages.ts';
import { describeBoth } from '../support/ona.ts';
import { upsert } from '../support/upsert.ts';

describeBoth('upsert-cases decides', (ona) => {
  const { run, write, rows, cases } = upsert(ona);

  test('asks next for the first gap of each indicator, and for leavers only where ONA held cases before', async () => {
    const half = { coveredTo: '2026-05-02T00:00:00Z', remaining: 7 };
    const { next } = await write(batch([result([record('sokha')], half)]));
    const { to } = message().window;
    expect(next).toMatchObject({
      batch: 2,
      requests: [
        { indicator: 'reintegration', from: half.coveredTo, to },
        { indicator: 'under18', from: '1970-01-01T00:00:00Z', to },
      ],
    });
    expect(next?.requests).toHaveLength(2);
    await ona.query('DELETE FROM sync_batches');
    const again = await write(batch([result([record('sokha')], half)]));
    expect(again.next?.requests.map(({ indicator }) => indicator)).toEqual([
      'reintegration',
      'under18',
      'leavers',
    ]);
  });

  test('ends the chain where a later batch of the sync is done', async () => {
    await write(batch([result([record('sokha')])], { message: message({ batch: 2 }) }));
    const { next, summary } = await write(batch([result([record('dara')])]));
    expect(next).toBeNull();
    expect(summary.ended).toBe('a later batch of this sync is done already');
    expect(await cases()).toHaveLength(2);
  });

  test('walks the window of a backfill, whatever is covered', async () => {
    const window = { from: '2026-04-01T00:00:00Z', to: '2026-05-31T00:00:00Z' };
    await write(batch([result([record('sokha')])]));
    const backfill = message({ mode: 'backfill', syncId: 'backfill-1', window });
    const first = result([record('sokha')], { ...window, coveredTo: '2026-05-01T00:00:00Z' });
    const { next } = await write(batch([first], { message: backfill }));
    expect(next?.requests[0]).toEqual({
      indicator: 'reintegration',
      from: '2026-05-01T00:00:00Z',
      to: window.to,
    });
  });

  test('does not believe in an empty Primero where ONA holds cases', async () => {
    const empty = batch([result([], { everywhere: 0 })]);
    expect((await write(empty)).summary.indicators.reintegration?.fetched).toBe(0);
    await write(batch([result([record('sokha')])]));
    const { failed } = await run(empty);
    expect(failed?.message).toMatch(
      /^PRIMERO_EMPTY: Primero counts no case for reintegration, at any time\./,
    );
  });

  test('believes that Primero has nobody who is too old', async () => {
    const grown = record('sokha', { age: 18, type_of_case: 'other_1' });
    await write(batch([result([{ ...grown, age: 17 }], { indicator: 'under18' })]));
    await write(batch([result([grown], { indicator: 'leavers' })]));
    const nobody = batch([result([], { indicator: 'leavers', everywhere: 0 })]);
    expect((await write(nobody)).summary.indicators.leavers?.fetched).toBe(0);
  });

  test('leaves who is too old and still in reintegration to that request, which brings the case whole', async () => {
    await write(batch([result([record('sokha', { age: 17 })])]));
    const before = await cases();
    const grown = record('sokha', { age: 18, last_updated_at: '2026-05-02T08:00:00Z' });
    await write(batch([result([grown], { indicator: 'leavers' })]));
    expect(await cases()).toEqual(before);
    const moved = { ...grown, case_id_display: 'case-new' };
    await write(batch([result([moved], { indicator: 'leavers' })]));
    expect(await cases()).toEqual(before);
    await write(batch([result([{ ...grown, type_of_case: 'other_1' }], { indicator: 'leavers' })]));
    expect(await cases()).not.toEqual(before);
  });

  test('knows districts by codes that a table made by hand pads with spaces', async () => {
    await ona.clear();
    await ona.query(`CREATE TABLE locations_lookup
      (code char(6) PRIMARY KEY, district text, province text, province_code char(4))`);
    await migrate(ona.credentials);
    await write(batch([result([record('sokha')])]));
    expect(await rows('SELECT district_current, province_current_code FROM cases')).toEqual([
      { district_current: 'Chetr Borei', province_current_code: '10' },
    ]);
  });

  test('does not go on from a line that the ledger did not keep', async () => {
    await ona.query(`
      CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER forget BEFORE INSERT ON sync_batches FOR EACH ROW EXECUTE FUNCTION forget()`);
    const { failed } = await run(batch([result([record('sokha')])]));
    await ona.query('DROP FUNCTION forget() CASCADE');
    expect(failed?.code).toBe('NO_PROGRESS');
  });

  test('closes what was reopened once a batch that repeats another has read it again', async () => {
    const input = batch([result([record('sokha')])]);
    const { next } = await write(input);
    await ona.query(`
      INSERT INTO sync_reopened (indicator, ranges, reason, sync_id, batch)
      VALUES ('reintegration', '{[2026-05-01,2026-05-02)}', 'DIFFERENCE', 'x', 1)`);
    expect((await write(input)).next).toEqual(next);
    expect((await ona.query('SELECT ranges FROM sync_reopened')).rows).toEqual([{ ranges: '{}' }]);
  });

  test('takes no batch that was fetched more than five minutes ago', async () => {
    const fetchedAt = new Date(Date.now() - 301_000).toISOString();
    const { failed } = await run(batch([result([record('sokha')])], { fetchedAt }));
    expect(failed?.message).toMatch(
      /^BATCH_OUTDATED: Batch 1 of sync 20260701T000000Z-test was fetched 30\d s ago\. Run this batch again from get-cases/,
    );
    expect(await cases()).toEqual([]);
  });

  test('says that it needs a batch', async () => {
    expect((await run(null)).failed?.code).toBe('BATCH_MISSING');
  });

  test('passes on an error of the database without the values of the row', async () => {
    await ona.query("ALTER TABLE cases ADD CONSTRAINT no_sokha CHECK (case_id <> 'case-sokha')");
    const { failed } = await run(batch([result([record('sokha')])]));
    expect(failed?.message).toBe(
      'ONA_FAILED: PostgreSQL reported 23514 while writing cases and services (table cases, constraint no_sokha). Nothing was written. Mend what the code of PostgreSQL names, then run this batch again.',
    );
    expect(JSON.stringify(failed)).not.toContain('case-sokha');
  });

  test('says which table ONA lacks, and how to add it', async () => {
    await ona.query('DROP TABLE sync_rejects CASCADE');
    const { failed } = await run(batch([result([record('sokha')])]));
    expect(failed?.message).toMatch(
      /^ONA_TABLE_MISSING: PostgreSQL reported 42P01 while .*Apply the migrations/,
    );
    expect(await cases()).toEqual([]);
  });
});
