import { expect, test } from 'vitest';
import { packBatch, unpackBatch } from '../../../jobs/lib/pack.ts';
import { batch, record, result } from '../../support/batches.ts';

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value));

const travelled = (...records: ReturnType<typeof record>[]) =>
  unpackBatch(clone(packBatch(batch([result(records)])))).results[0]?.records;

test.each<[title: string, changes: Record<string, unknown>]>([
  ['a whole record', {}],
  ['one that is disabled', { enabled: false }],
  ['no services', { services_section: [] }],
  ['services that are no list', { services_section: {} }],
  ['a service without an id', { services_section: [{}, { service_type: 'counselling' }] }],
  ['a list of codes', { protection_concerns: ['refugee', 'other_01574'] }],
  ['quotes, tabs and other scripts', { oscar_number: `"'\\\t\n\u0001ក👧`, sex: '\ud800' }],
  ['false, zero and nothing', { consent_reporting: false, age: 0, oscar_number: '' }],
])('%s arrives as it was sent', (_, changes) => {
  expect(travelled(record('sokha', changes), record('dara'))).toEqual([
    record('sokha', changes),
    record('dara'),
  ]);
});

test('what a record does not say is not said of it', () => {
  const { sex: _, services_section: __, ...rest } = record('sokha');
  const [arrived] = travelled(rest as typeof rest & ReturnType<typeof record>)!;
  expect(arrived!.sex).toBeUndefined();
  expect(arrived!.services_section).toBeUndefined();
});

test('the names of the fields travel once', () => {
  const records = Array.from({ length: 50 }, () => record('sokha'));
  const text = JSON.stringify(packBatch(batch([result(records)])));
  expect(text.split('case_id_display')).toHaveLength(2);
});

test('of a leaver travels what is asked of one', () => {
  const leavers = result([record('sokha')], { indicator: 'leavers' });
  const [unpacked] = unpackBatch(clone(packBatch(batch([leavers])))).results;
  const { id, enabled, last_updated_at, case_id_display, type_of_case, age } = record('sokha');
  expect(unpacked?.records).toEqual([
    { id, enabled, last_updated_at, case_id_display, type_of_case, age },
  ]);
});
