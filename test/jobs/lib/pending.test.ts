import { expect, test } from 'vitest';
import type { Value } from '../../../jobs/lib/mapping/columns.ts';
import { type Known, toPending } from '../../../jobs/lib/pending.ts';
import { toRows } from '../../../jobs/lib/rows.ts';
import { KNOWN_COLUMNS } from '../../../jobs/lib/sql/select-known.ts';
import type { CaseRecord } from '../../../jobs/lib/types.ts';
import { idOf, record, result } from '../../support/batches.ts';

const gazetteer = { districts: new Map(), provinces: new Map(), found: new Map() };

const counselling = {
  unique_id: 'service-of-sokha',
  service_type: 'counselling',
  service_implemented_day_time: '2026-01-09T10:20:40.500Z',
};

const rowsOf = (...records: CaseRecord[]) => toRows([result(records)], gazetteer);

/** ONA's side of a batch: its rows as PostgreSQL gives them back. */
const heldOf = (changes: Record<string, Value> = {}, service: Value[] = []): Known[] => {
  const { cases, services } = rowsOf(record('sokha', { services_section: [counselling] }));
  const row = { ...cases[0]!, ...changes } as Record<string, Value>;
  const held = [services[0]!.unique_id!, services[0]!.service_type!, '2026-01-09T10:20:40.5'];
  return [
    {
      primero_id: idOf('sokha'),
      content: KNOWN_COLUMNS.map(({ name }) => row[name]!),
      services: [service.length > 0 ? service : held],
      is_reject: false,
    },
  ];
};

const sokha = (changes: Record<string, unknown> = {}) =>
  record('sokha', { services_section: [counselling], ...changes });

test('a case that ONA holds as it is, with its services, is not written, nor sent', () => {
  const pending = toPending(rowsOf(sokha()), heldOf());
  expect(pending).toEqual({ cases: [], services: [], owners: [], seen: [], settled: [] });
});

test('a case of which any column differs is written', () => {
  for (const { name } of KNOWN_COLUMNS)
    expect(toPending(rowsOf(sokha()), heldOf({ [name]: 'other' })).cases).toHaveLength(1);
});

test('a case is written where a service differs, is new, or is gone', () => {
  const isWritten = (rows: ReturnType<typeof rowsOf>, known: Known[]) =>
    toPending(rows, known).owners.length === 1;
  const other = ['service-of-sokha', 'counselling', '2026-01-09T10:20:40.501'];
  expect(isWritten(rowsOf(sokha()), heldOf({}, other))).toBe(true);
  expect(isWritten(rowsOf(sokha({ services_section: [] })), heldOf())).toBe(true);
  const two = [counselling, { ...counselling, unique_id: 'another' }];
  expect(isWritten(rowsOf(sokha({ services_section: two })), heldOf())).toBe(true);
});

test('services are no reason where the record does not say them', () => {
  const { services_section: _, ...silent } = sokha();
  expect(toPending(rowsOf(silent as CaseRecord), heldOf()).cases).toEqual([]);
});

test('an older or newer one that ONA holds is told from one just as new', () => {
  const known = [{ primero_id: idOf('sokha'), content: null, services: null, is_reject: false }];
  const pending = toPending(rowsOf(sokha()), known);
  expect(pending.cases).toHaveLength(1);
  expect(pending.seen).toHaveLength(1);
});

test('of records that ONA does not know only disabled ones can have something to remove', () => {
  const { cases, seen } = toPending(rowsOf(sokha(), record('dara', { enabled: false })), []);
  expect(cases.map(({ primero_id }) => primero_id)).toEqual([idOf('sokha')]);
  expect(seen.map(({ primero_id }) => primero_id)).toEqual([idOf('dara')]);
});

test('only records that have rejects can settle them', () => {
  const known = [{ primero_id: idOf('dara'), content: null, services: null, is_reject: true }];
  const { settled } = toPending(rowsOf(sokha(), record('dara')), known);
  expect(settled.map(({ primero_id }) => primero_id)).toEqual([idOf('dara')]);
});
