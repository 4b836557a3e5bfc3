import { expect, test } from 'vitest';
import type { CaseRecord } from '../../../../jobs/lib/types.ts';
import {
  batch,
  type Child,
  record as childRecord,
  idOf,
  result,
} from '../../../support/batches.ts';
import { describeBoth } from '../../../support/ona.ts';
import { upsert } from '../../../support/upsert.ts';

/** Of somebody who counts for reintegration alone. */
const record = (child: Child, changes: object = {}) => childRecord(child, { age: 20, ...changes });

const LATER = '2026-06-01T08:00:00.000Z';
const MAY = { from: '2026-05-01T00:00:00Z', to: '2026-05-31T23:59:59Z' };
const RECONCILED = { ...MAY, coveredTo: '2026-06-01T00:00:00Z', reconcile: true as const };

describeBoth('what Primero no longer has is taken out', (ona) => {
  const { run, write, rows, cases } = upsert(ona);
  const ids = async () => (await cases()).map(({ case_id }) => case_id);
  /** A batch that has read May to be reconciled, and found these. */
  const found = (records: CaseRecord[], moved: string[] = []) =>
    batch([result(records, { ...RECONCILED, moved })], { changed: [] });
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      record('sokha', {
        id: `00000000-0000-4000-8000-000000001${String(index).padStart(3, '0')}`,
        case_id_display: `case-${index}`,
        services_section: [],
      }),
    );

  test('with its services, and named in the ledger', async () => {
    await write(batch([result([record('sokha'), record('dara')])]));
    const { summary } = await write(found([record('dara')]));
    expect(summary.surplus).toBe(1);
    expect(await ids()).toEqual(['case-dara']);
    expect(await rows('SELECT case_id FROM services')).toEqual([{ case_id: 'case-dara' }]);
    expect(await rows('SELECT primero_id FROM sync_surplus')).toEqual([
      { primero_id: idOf('sokha') },
    ]);
  });

  test('but not a case that the search found there and that had moved on: it comes again at its new time', async () => {
    await write(batch([result([record('sokha'), record('dara')])]));
    await write(found([record('dara')], [idOf('sokha')]));
    expect(await ids()).toEqual(['case-dara', 'case-sokha']);
  });

  test('but not a case whose newer record could not be loaded: the proof counts it by its reject', async () => {
    await write(batch([result([record('sokha'), record('dara')])]));
    const faulty = record('sokha', { last_updated_at: LATER, registration_date: 'last spring' });
    await write(batch([result([faulty], { from: '2026-06-01T00:00:00Z' })]));
    await write(found([record('dara')]));
    expect(await ids()).toEqual(['case-dara', 'case-sokha']);
  });

  test('but no more than the share that a whole count may differ by: the range may have been reopened before', async () => {
    await write(batch([result(many(100))]));
    const failed = async (kept: number) => (await run(found(many(kept)))).failed?.message;
    expect(await failed(80)).toMatch(/^SURPLUS_REFUSED: 20 cases would be taken out\./);
    expect(await ids()).toHaveLength(100);
    expect(await failed(90)).toBeUndefined();
    expect(await ids()).toHaveLength(90);
    // With those that this sync has taken out before they would be too many.
    expect(await failed(85)).toMatch(/^SURPLUS_REFUSED: 5 cases would be taken out\./);
    expect(await ids()).toHaveLength(90);
  });
});
