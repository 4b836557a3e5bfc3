import { expect, test } from 'vitest';
import FIND_CONFLICTS from '../../../jobs/writing/find-conflicts.sql';
import { describeBoth } from '../../support/ona.ts';
import { idOf } from '../message/messages.ts';
import { children, hold, recordOf, run, writeCases } from './held.ts';

type Found = { id: string; child: string | null; counts: boolean }[] | null;

const byId = (found: Found) => [...(found ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));

describeBoth('find-conflicts.sql', (ona) => {
  const find = async (
    wanted: [number: number, caseId: string][],
    offered: [number: number, serviceId: string][] = [],
  ) => {
    const [found] = await run<{ cases: Found; services: Found }>(ona, FIND_CONFLICTS, [
      wanted.map(([number]) => idOf(number)),
      wanted.map(([, caseId]) => caseId),
      offered.map(([number]) => idOf(number)),
      offered.map(([, serviceId]) => serviceId),
    ]);
    return { cases: byId(found!.cases), services: byId(found!.services) };
  };

  test('finds nothing where each has what it wants, or nobody has it', async () => {
    await hold(ona, recordOf(1), recordOf(2));
    const found = await find(
      [
        [1, 'case-1'],
        [3, 'case-3'],
      ],
      [
        [1, 'service-1'],
        [3, 'service-3'],
      ],
    );
    expect(found).toEqual({ cases: [], services: [] });
  });

  test('finds who has a case_id that another wants, and whether it counts', async () => {
    await hold(ona, recordOf(1), recordOf(2));
    await writeCases(ona, children(recordOf(2, { age: 30, type_of_case: 'x' })));
    expect(
      (
        await find([
          [3, 'case-1'],
          [4, 'case-2'],
        ])
      ).cases,
    ).toEqual([
      { id: 'case-1', child: idOf(1), counts: true },
      { id: 'case-2', child: idOf(2), counts: false },
    ]);
  });

  test('finds the case_id that a child gives up', async () => {
    await hold(ona, recordOf(1));
    expect((await find([[1, 'new']])).cases).toEqual([
      { id: 'case-1', child: idOf(1), counts: true },
    ]);
  });

  test('finds both ids of two who swap, each once', async () => {
    await hold(ona, recordOf(1), recordOf(2));
    const { cases } = await find([
      [1, 'case-2'],
      [2, 'case-1'],
    ]);
    expect(cases).toEqual([
      { id: 'case-1', child: idOf(1), counts: true },
      { id: 'case-2', child: idOf(2), counts: true },
    ]);
  });

  test('finds a case_id that an earlier integration left: nobody has it', async () => {
    await ona.query("INSERT INTO cases (case_id) VALUES ('case-1')");
    expect((await find([[1, 'case-1']])).cases).toEqual([
      { id: 'case-1', child: null, counts: false },
    ]);
  });

  test('finds who has a service that another offers, and not one that nobody has', async () => {
    await hold(ona, recordOf(1));
    await ona.query("INSERT INTO services (unique_id) VALUES ('left')");
    const { services } = await find(
      [],
      [
        [2, 'service-1'],
        [2, 'left'],
        [3, 'service-1'],
      ],
    );
    expect(services).toEqual([{ id: 'service-1', child: idOf(1), counts: true }]);
  });
});
