import { afterEach, expect, test } from 'vitest';
import type { CaseRow } from '../../jobs/lib/rows.ts';
import { WRITE_LEDGER } from '../../jobs/lib/sql/ledger.ts';
import { REMOVE_CASES } from '../../jobs/lib/sql/remove.ts';
import { SEEN_TIME_COLUMNS, SELECT_HELD } from '../../jobs/lib/sql/select-held.ts';
import { toArrays } from '../../jobs/lib/sql/unnest.ts';
import { UPDATE_LEAVERS } from '../../jobs/lib/sql/update-leavers.ts';
import { toRecordArrays, WRITE_RECORDS } from '../../jobs/lib/sql/write-records.ts';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import { message } from '../support/messages.ts';
import { describeBoth } from '../support/ona.ts';
import { singleSteps } from './single-steps.ts';

const TIME = '2026-05-01T08:00:00.250Z';

describeBoth('the cost of a batch', (ona) => {
  let primero: Primero;
  afterEach(() => primero?.close());

  /** What Primero is asked in one batch, and what that brings. */
  const firstBatch = async (cases: number) => {
    primero = await startPrimero({ cases, until: Date.parse('2026-06-29T00:00:00Z') });
    const batch = await singleSteps({ primero, ona }).get(message());
    await primero.close();
    return { requests: primero.requests.length, bytes: JSON.stringify(batch).length };
  };

  test('is as many requests and bytes among 80,000 cases as among 8,000', async () => {
    const few = await firstBatch(8_000);
    const many = await firstBatch(80_000);
    expect(many.requests).toBe(few.requests);
    expect(many.bytes / few.bytes).toBeGreaterThan(0.9);
    expect(many.bytes / few.bytes).toBeLessThan(1.1);
  });

  /** The statements that take a batch's rows as columns, with rows that say only who they are. */
  const statementsOn = (children: { case_id: string; primero_id: string }[]) => {
    const cases = children.map((child) => ({
      ...{ indicator: 'under18', row: child, services: [{ unique_id: child.primero_id }] },
    }));
    return [
      [SELECT_HELD, ['x', 1, false, ...toArrays(SEEN_TIME_COLUMNS, children)]],
      [WRITE_RECORDS, ['x', 1, ...toRecordArrays(cases as unknown as CaseRow[])]],
    ] as [text: string, values: unknown[]][];
  };

  /** Has ONA hold so many cases, each with a service. */
  const hold = async (count: number) => {
    await ona.query(
      `INSERT INTO cases (case_id, primero_id, primero_updated_at, in_reintegration, in_under18)
       SELECT 'case-' || n, gen_random_uuid(), now() - n * interval '1 minute', true, true FROM generate_series(1, $1::integer) n`,
      [count],
    );
    await ona.query(
      `INSERT INTO services (unique_id, case_id) SELECT 'service-' || n, 'case-' || n FROM generate_series(1, $1::integer) n`,
      [count],
    );
  };

  const planOf = async (text: string, values: unknown[]): Promise<string> => {
    const { rows } = await ona.query(`EXPLAIN ${text}`, values);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    // Whether there is any case at all is answered by the first row.
    return plan.replaceAll(/InitPlan \d+(?: \(returns \$\d+\))?\n.* Scan .*on cases\b.*/g, '');
  };

  test('is no look through a whole table: every statement on cases finds its rows by a key', async () => {
    await hold(2000);
    await ona.query(`
      INSERT INTO sync_rejects (primero_id, scope, field, reason, held_by, in_reintegration, in_under18, primero_updated_at, sync_id, batch)
      SELECT gen_random_uuid(), 'service', 'unique_id', 'SERVICE_ID_TAKEN', gen_random_uuid(), true, true, now(), 'x', 1 FROM generate_series(1, 2000)`);
    // So few rows are read whole at no cost; where that is the last resort, what has no key shows.
    await ona.query('ANALYZE cases, services, sync_rejects; SET enable_seqscan = off');
    const statements: [text: string, values: unknown[]][] = [
      ...statementsOn([]),
      [REMOVE_CASES, ['[]', 'x', 1]],
      [UPDATE_LEAVERS, ['[]', 'x', 1]],
      [WRITE_LEDGER, ['x', 1, 'sync', TIME, TIME, '[]', '[]', '[]', TIME, TIME, null]],
    ];
    for (const [text, values] of statements) {
      const plan = await planOf(text, values);
      expect(plan).toMatch(/Index (Only )?Scan|Bitmap Index Scan/);
      expect(plan).not.toMatch(/Seq Scan on (cases|services|sync_rejects)/);
    }
    await ona.query('RESET enable_seqscan');
  });

  test('is a look-up for each row, though to join a whole table of 10,000 cases seems cheaper', async () => {
    await hold(10_000);
    await ona.query('ANALYZE cases, services');
    const children = Array.from({ length: 2500 }, (_, index) => ({
      case_id: `case-${index}`,
      primero_id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      primero_updated_at: TIME,
    }));
    for (const [text, values] of statementsOn(children)) {
      const plan = await planOf(text, values);
      const reads = plan.match(/^.*Scan.* on (cases|services)\b.*\n.*$/gm) ?? [];
      expect(reads).not.toEqual([]);
      expect(reads.filter((read) => !/(Index|Recheck|TID) Cond/.test(read))).toEqual([]);
    }
  });
});
