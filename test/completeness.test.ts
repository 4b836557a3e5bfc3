import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Primero, startPrimero } from '../local/primero/index.ts';
import { countsAsked, pagesAsked } from './promises/pages-asked.ts';
import { type Chain, startChain } from './support/chain.ts';
import { describeOna } from './support/ona.ts';
import { findDifferences } from './support/oracle.ts';

const CURSOR = '2026-01-01T00:00:00Z';

describeOna('the proof of completeness', (ona) => {
  let primero: Primero;
  let chain: Chain;
  beforeEach(async () => {
    primero = await startPrimero({ cases: 4000, seed: 11 });
    chain = await startChain({ primero, ona });
    await chain.sync();
  });
  afterEach(async () => {
    await chain.close();
    await primero.close();
  });

  const again = () => chain.sync({ cursor: CURSOR });

  test('finds a case that was taken out of ONA, and brings it back', async () => {
    const { rows } = await ona.query(
      'DELETE FROM cases WHERE case_id IN (SELECT case_id FROM cases WHERE in_under18 ORDER BY primero_updated_at LIMIT 3) RETURNING primero_updated_at',
    );
    expect(rows).toHaveLength(3);
    const before = primero.requests.length;
    const { summary } = await again();
    expect(summary.complete).toBe(true);
    const asked = primero.requests.slice(before);
    // Counted as a whole three times before it is believed, then by 16 parts until a part fits a page, and
    // once more when it is mended: for one indicator, or for two where a case counts for both.
    expect(countsAsked(asked)).toBeGreaterThan(16);
    expect(countsAsked(asked)).toBeLessThanOrEqual(2 * (3 + 16 + 2));
    // Read again were the parts where the cases are missing, and not the whole of the indicator.
    const { rows: held } = await ona.query(
      'SELECT count(*)::int AS count FROM cases WHERE in_under18',
    );
    const reread = (await readAgain(asked)).filter(({ indicator }) => indicator === 'under18');
    expect(reread.length).toBeGreaterThan(0);
    for (const { primero_updated_at: at } of rows)
      expect(reread.some(({ from, to }) => from <= at && at <= to)).toBe(true);
    for (const { count } of reread) expect(count).toBeLessThan(held[0]!.count / 8);
    expect(await findDifferences(primero, ona)).toEqual([]);
    const reopened = await ona.query(
      "SELECT indicator FROM sync_reopened WHERE reason = 'DIFFERENCE'",
    );
    expect(reopened.rows).toContainEqual({ indicator: 'under18' });
  });

  /** The ranges before the cursor in which pages were asked for, with the cases that ONA holds there. */
  const readAgain = async (asked: Primero['requests']) => {
    const found = [];
    for (const [indicator, ranges] of Object.entries(pagesAsked(asked))) {
      for (const range of ranges) {
        const [from, to] = range.split('..').map((time) => new Date(time)) as [Date, Date];
        if (range.startsWith(CURSOR)) continue;
        to.setMilliseconds(999);
        const { rows } = await ona.query(
          'SELECT count(*)::int AS count FROM cases WHERE primero_updated_at BETWEEN $1 AND $2 AND in_under18',
          [from, to],
        );
        found.push({ indicator, from, to, count: rows[0]!.count as number });
      }
    }
    return found;
  };

  test('finds a case whose age was blanked, names it by its id, and takes it out with its services', async () => {
    const { rows } = await ona.query(
      'SELECT primero_id::text AS id, case_id FROM cases JOIN services USING (case_id) WHERE in_under18 AND NOT in_reintegration LIMIT 1',
    );
    const { id, case_id } = rows[0] as { id: string; case_id: string };
    primero.store.setAge(primero.store.indexOf(id)!, null, Date.now() - 12 * 60_000);
    const { summary } = await again();
    expect(summary.complete).toBe(true);
    const left = await ona.query(
      'SELECT case_id FROM cases WHERE case_id = $1 UNION ALL SELECT case_id FROM services WHERE case_id = $1',
      [case_id],
    );
    expect(left.rows).toEqual([]);
    const surplus = await ona.query('SELECT primero_id::text, indicator FROM sync_surplus');
    expect(surplus.rows).toEqual([{ primero_id: id, indicator: 'under18' }]);
  });

  test('finds a case that Primero deleted for good, names it by its id, and takes it out with its services', async () => {
    const { rows } = await ona.query(
      'SELECT primero_id::text AS id, case_id FROM cases JOIN services USING (case_id) WHERE in_under18 AND NOT in_reintegration LIMIT 1',
    );
    const { id, case_id } = rows[0] as { id: string; case_id: string };
    primero.store.deleteForGood(primero.store.indexOf(id)!);
    const { summary } = await again();
    expect(summary.complete).toBe(true);
    const left = await ona.query(
      'SELECT case_id FROM cases WHERE case_id = $1 UNION ALL SELECT case_id FROM services WHERE case_id = $1',
      [case_id],
    );
    expect(left.rows).toEqual([]);
    const surplus = await ona.query('SELECT primero_id::text, indicator FROM sync_surplus');
    expect(surplus.rows).toEqual([{ primero_id: id, indicator: 'under18' }]);
  });

  test('takes out nothing where more than 5 % would go', async () => {
    const before = await ona.query('SELECT count(*) FROM cases');
    for (const { index, age } of primero.store.cases()) {
      if (age !== null && age < 2) primero.store.deleteForGood(index);
    }
    await expect(again()).rejects.toThrow(/^SURPLUS_REFUSED: The numbers differ \(/);
    expect((await ona.query('SELECT count(*) FROM cases')).rows).toEqual(before.rows);
    const { rows } = await ona.query('SELECT proven FROM sync_proofs ORDER BY id DESC LIMIT 1');
    expect(rows).toEqual([{ proven: false }]);
  });
});
