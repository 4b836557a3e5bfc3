import { expect, test } from 'vitest';
import { describeBoth } from '../support/ona.ts';
import { addChildren, idOf, sumsOf } from './children.ts';

describeBoth('indicator_children', (ona) => {
  const names = async (indicator: string) => {
    const { rows } = await ona.query<{ case_id: string }>(
      `SELECT c.case_id FROM indicator_children i JOIN cases c USING (primero_id)
       WHERE i.indicator = $1 AND i.measure = 'registered' AND i.left_out IS NULL ORDER BY c.case_id`,
      [indicator],
    );
    return rows.map(({ case_id }) => case_id);
  };

  test.for([
    ['counts while it counts', '2026-02-14', null, true],
    ['turned 18 after the quarter', '2026-02-14', '2026-07-01T00:00:05Z', true],
    ['turned 18 at the very end of the quarter', '2026-03-31', '2026-04-01T00:00:00Z', true],
    ['turned 18 before the end of the quarter', '2026-03-31', '2026-03-31T23:59:59Z', false],
    ['turned 18 in the last quarter of a year', '2025-12-31', '2025-12-31T12:00:00Z', false],
    ['turned 18 in the year after', '2025-12-31', '2026-01-01T00:00:00Z', true],
    ['has no date, and counts now', null, null, true],
    ['has no date, and counted once', null, '2030-01-01T00:00:00Z', false],
  ] as const)('a child that %s', async ([_, registered, until, counts]) => {
    const under18 = until === null ? true : { until };
    await addChildren(ona, [{ name: 'sokha', registered, under18, reintegration: false }]);
    expect(await names('4.11a')).toEqual(counts ? ['sokha'] : []);
    const quarters = await sumsOf(ona, 'indicator_4_11a', ['quarter']);
    expect(quarters.map(([, children]) => children)).toEqual(counts ? [1] : []);
  });

  test('quarters end by UTC, wherever the reader is', async () => {
    const under18 = { until: '2026-03-31T23:59:59Z' };
    await addChildren(ona, [{ name: 'sokha', registered: '2026-03-31', under18 }]);
    await ona.query("SET TIME ZONE 'Asia/Phnom_Penh'");
    expect(await names('4.11a')).toEqual([]);
    await ona.query("SET TIME ZONE 'America/Los_Angeles'");
    expect(await names('4.11a')).toEqual([]);
    await ona.query('RESET TIME ZONE');
  });

  test('each indicator has its own time, and who is not in ONA counts for none', async () => {
    await addChildren(ona, [
      { name: 'sokha', under18: { until: '2026-02-20T00:00:00Z' } },
      { name: 'dara', reintegration: { until: '2026-02-20T00:00:00Z' } },
      { name: 'of an earlier integration', isLeftBehind: true },
    ]);
    await ona.query("INSERT INTO case_indicators VALUES ($1, 'under18', now())", [idOf('gone')]);
    expect(await names('4.8')).toEqual([]);
    expect(await names('4.11a')).toEqual(['dara']);
    expect(await sumsOf(ona, 'indicator_4_8', ['quarter'], 'left_out_18_or_older')).toEqual([
      ['2026-Q1', 1],
    ]);
    expect(await sumsOf(ona, 'indicator_4_11a', ['quarter'])).toEqual([['2026-Q1', 1]]);
  });
});
