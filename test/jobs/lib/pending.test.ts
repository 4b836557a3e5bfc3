import { expect, test } from 'vitest';
import { toKnown } from '../../../jobs/lib/known.ts';
import type { Value } from '../../../jobs/lib/mapping/columns.ts';
import { toPending } from '../../../jobs/lib/pending.ts';
import { toRows } from '../../../jobs/lib/rows.ts';
import { HELD_COLUMNS } from '../../../jobs/lib/sql/select-held.ts';
import type { CaseRecord } from '../../../jobs/lib/types.ts';
import { type Child, idOf, record, result } from '../../support/batches.ts';

const gazetteer = { districts: new Map(), provinces: new Map(), found: new Map() };

const counselling = {
  unique_id: 'service-of-sokha',
  service_type: 'counselling',
  service_implemented_day_time: '2026-01-09T10:20:40.500Z',
};

const rowsOf = (...records: CaseRecord[]) => toRows([result(records)], gazetteer);

const NOTHING = { others: [null], cases: [null], services: [null], rejects: null };

/** ONA's side of a batch: its one case as PostgreSQL gives it back. */
const heldOf = (changes: Record<string, Value> = {}, service: Value[] = []) => {
  const [held] = rowsOf(record('sokha', { services_section: [counselling] })).cases;
  const row: Record<string, Value> = { ...held!.row, ...changes };
  const { unique_id, service_type } = held!.services![0]!;
  const content =
    service.length > 0 ? service : [unique_id!, service_type!, '2026-01-09T10:20:40.5'];
  return toKnown({
    ...NOTHING,
    cases: [[idOf('sokha')], ...HELD_COLUMNS.map(({ name }) => [row[name]!])],
    services: [[held!.row.case_id!], ...content.map((value) => [value])],
  });
};

const sokha = (changes: Record<string, unknown> = {}) =>
  record('sokha', { services_section: [counselling], ...changes });

const idsOf = (seen: readonly { primero_id: string }[]) => seen.map(({ primero_id }) => primero_id);

test('a case that ONA holds as it is, with its services, is not written, nor sent', () => {
  const pending = toPending(rowsOf(sokha()), heldOf());
  expect(pending).toEqual({ cases: [], seen: [], settled: [] });
});

test('a case of which any column differs is written', () => {
  for (const { name } of HELD_COLUMNS)
    expect(toPending(rowsOf(sokha()), heldOf({ [name]: 'other' })).cases).toHaveLength(1);
});

test('a case is written where a service differs, is new, or is gone', () => {
  const isWritten = (rows: ReturnType<typeof rowsOf>, known: ReturnType<typeof heldOf>) =>
    toPending(rows, known).cases.length === 1;
  const other = ['service-of-sokha', 'counselling', '2026-01-09T10:20:40.501'];
  expect(isWritten(rowsOf(sokha()), heldOf({}, other))).toBe(true);
  expect(isWritten(rowsOf(sokha({ services_section: [] })), heldOf())).toBe(true);
  const two = [counselling, { ...counselling, unique_id: 'another' }];
  expect(isWritten(rowsOf(sokha({ services_section: two })), heldOf())).toBe(true);
  const instead = [{ ...counselling, unique_id: 'another' }];
  expect(isWritten(rowsOf(sokha({ services_section: instead })), heldOf())).toBe(true);
});

test('services are no reason where the record does not say them', () => {
  const { services_section: _, ...silent } = sokha();
  expect(toPending(rowsOf(silent as CaseRecord), heldOf()).cases).toEqual([]);
});

test('an older or newer one that ONA holds is told from one just as new', () => {
  const { cases } = rowsOf(sokha());
  const known = toKnown({ ...NOTHING, others: [[idOf('sokha')], [cases[0]!.row.case_id!]] });
  expect(toPending(rowsOf(sokha()), known)).toEqual({ cases, seen: [], settled: [] });
});

test('only a disabled record, or one with another case_id, can have something to remove', () => {
  const known = toKnown({ ...NOTHING, others: [[idOf('sokha')], ['what-it-was']] });
  const batch = rowsOf(sokha(), record('dara', { enabled: false }), record('bopha'));
  const { cases, seen, settled } = toPending(batch, known);
  expect(cases.map(({ row }) => row.primero_id)).toEqual([idOf('sokha'), idOf('bopha')]);
  expect(idsOf(seen)).toEqual([idOf('sokha'), idOf('dara')]);
  expect(settled).toEqual([]);
});

test('only records that have rejects can settle them', () => {
  const children: Child[] = ['sokha', 'dara'];
  const known = toKnown({ ...NOTHING, rejects: [idOf('dara')] });
  const { settled } = toPending(rowsOf(...children.map((child) => record(child))), known);
  expect(idsOf(settled)).toEqual([idOf('dara')]);
});
