import { expect, test } from 'vitest';
import LET_GO from '../../../jobs/writing/let-go.sql';
import { describeBoth } from '../../support/ona.ts';
import { idOf } from '../message/messages.ts';
import { children, hold, recordOf, run, writeCases } from './held.ts';

describeBoth('let-go.sql', (ona) => {
  const letGo = (granted: [number: number, caseId: string][], displaced: number[] = []) =>
    run(ona, LET_GO, [
      granted.map(([number]) => idOf(number)),
      granted.map(([, caseId]) => caseId),
      displaced.map(idOf),
    ]);
  const held = () =>
    run(ona, 'SELECT case_id, primero_id FROM cases ORDER BY primero_id NULLS LAST, case_id');
  const services = () =>
    run(ona, 'SELECT unique_id, primero_id, case_id FROM services ORDER BY unique_id');

  test('lets two swap their case_ids, with their services', async () => {
    await hold(ona, recordOf(1), recordOf(2));
    const swapped = [
      recordOf(1, { case_id_display: 'case-2' }),
      recordOf(2, { case_id_display: 'case-1' }),
    ];
    expect(
      await letGo([
        [1, 'case-2'],
        [2, 'case-1'],
      ]),
    ).toEqual([{ gone: 0, taken_over: 0 }]);
    expect(await writeCases(ona, children(...swapped))).toEqual({ 1: 'changed', 2: 'changed' });
    expect(await held()).toEqual([
      { case_id: 'case-2', primero_id: idOf(1) },
      { case_id: 'case-1', primero_id: idOf(2) },
    ]);
    expect(await services()).toEqual([
      { unique_id: 'service-1', primero_id: idOf(1), case_id: 'case-2' },
      { unique_id: 'service-2', primero_id: idOf(2), case_id: 'case-1' },
    ]);
  });

  test('changes nothing of a child that keeps its case_id', async () => {
    await hold(ona, recordOf(1));
    const before = await run(ona, 'SELECT xmin::text, case_id FROM cases');
    expect(await letGo([[1, 'case-1']])).toEqual([{ gone: 0, taken_over: 0 }]);
    expect(await run(ona, 'SELECT xmin::text, case_id FROM cases')).toEqual(before);
  });

  test('gives a row that an earlier integration left to its child', async () => {
    await ona.query("INSERT INTO cases (case_id, sex) VALUES ('case-1', 'old'), ('other', 'old')");
    expect(await letGo([[1, 'case-1']])).toEqual([{ gone: 0, taken_over: 1 }]);
    expect(await held()).toEqual([
      { case_id: 'case-1', primero_id: idOf(1) },
      { case_id: 'other', primero_id: null },
    ]);
  });

  test('removes such a row where its child has one already', async () => {
    await hold(ona, recordOf(1));
    await ona.query("INSERT INTO cases (case_id) VALUES ('new')");
    expect(await letGo([[1, 'new']])).toEqual([{ gone: 1, taken_over: 0 }]);
    const all = await held();
    expect(all).toHaveLength(1);
    expect(all[0]!.primero_id).toBe(idOf(1));
  });

  test('takes the row and services of whoever loses its id, and of nobody else; what it counted for stays', async () => {
    await hold(ona, recordOf(1), recordOf(2));
    expect(await letGo([], [1])).toEqual([{ gone: 1, taken_over: 0 }]);
    expect(await held()).toEqual([{ case_id: 'case-2', primero_id: idOf(2) }]);
    expect(await services()).toMatchObject([{ unique_id: 'service-2' }]);
    const counting = 'SELECT DISTINCT primero_id FROM case_indicators ORDER BY primero_id';
    expect(await run(ona, counting)).toEqual([{ primero_id: idOf(1) }, { primero_id: idOf(2) }]);
  });
});
