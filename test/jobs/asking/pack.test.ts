import { describe, expect, test } from 'vitest';
import { bytesOf, packRecord, unpackRecord } from '../../../jobs/asking/pack.ts';
import { FIELDS } from '../../../jobs/mapping/fields.ts';
import { LONGEST_TEXT } from '../../../jobs/policy.ts';
import type { CaseRecord } from '../../../jobs/record.ts';
import { cut, mapped, noneShared, record, service } from '../mapping/mapped.ts';

const MARK = 'a name, a street, a phone number';

describe('A record that is packed', () => {
  test('comes out with the mapped fields, its id and its time of change, and whence it came', () => {
    const { enabled: _, ...expected } = record();
    const shared = noneShared();
    const row = packRecord(record({ name: MARK }), 'asked', shared);
    const { record: out, origin } = unpackRecord(row, shared.values);
    expect(out).toEqual(expected);
    expect(origin).toBe('asked');
  });

  test('is a list: the names of the fields are not in it', () => {
    const row = packRecord(record(), 'window', noneShared());
    expect(row).toHaveLength(FIELDS.length + 3);
    for (const field of FIELDS) expect(JSON.stringify(row)).not.toContain(field);
  });

  test('takes as many bytes as are counted', () => {
    const shared = noneShared();
    const records = [record(), record({ sex: 'ក្រចេះ' })];
    const rows = records.map((each) => packRecord(each, 'window', shared));
    const counted = rows.reduce((sum, row) => sum + bytesOf(row), shared.bytes);
    expect(counted).toBe(Buffer.byteLength(JSON.stringify([rows, shared.values])) - 5);
  });

  test('has values that many share by their number: they are said once for a batch', () => {
    const shared = noneShared();
    const first = packRecord(record({ sex: 'male', age: 7 }), 'window', shared);
    const { length } = shared.values;
    const second = packRecord(record({ sex: 'male', age: 8 }), 'window', shared);
    expect(shared.values).toHaveLength(length);
    expect(new Set(shared.values).size).toBe(length);
    expect(JSON.stringify([first, second])).not.toContain('male');
    expect(shared.values).not.toContain(record().id);
  });

  test.each<[name: string, fields: object]>([
    ['a number where a text belongs', { sex: 0 }],
    ['the same number as a text', { sex: '0' }],
    ['true where a text belongs', { sex: true }],
    ['a list where a text belongs', { sex: ['male', 3, null, true] }],
    ['a text where a list belongs', { protection_concerns: 'refugee' }],
    ['a blank list', { protection_concerns: [] }],
    ['a service of numbers', { services_section: [service({ service_type: 4 })] }],
  ])('comes out as it was: %s', (_, fields) => {
    const source = record(fields);
    const { enabled: __, ...expected } = source;
    expect(cut(source)).toEqual(expected);
  });

  test.each<[name: string, fields: object]>([
    ['another field', { name: MARK }],
    ['an object in another field', { address: { street: MARK } }],
    ['an object where a text belongs', { sex: { note: MARK } }],
    ['an object for a time of change', { last_updated_at: { note: MARK } }],
    ['an object in a list', { protection_concerns: ['refugee', { note: MARK }] }],
    ['a list in a list', { protection_concerns: [[MARK]] }],
    ['another field of a service', { services_section: [service({ notes: MARK })] }],
    ['an object in a service', { services_section: [service({ service_type: { note: MARK } })] }],
    [
      'a list of objects in a service',
      { services_section: [service({ service_type: [{ a: MARK }] })] },
    ],
    ['a text for a service', { services_section: [MARK] }],
    ['a list for a service', { services_section: [[MARK]] }],
    ['an object for the services', { services_section: { note: MARK } }],
    ['the end of a long text', { sex: 'x'.repeat(LONGEST_TEXT + 1) + MARK }],
    [
      'the end of a long text in a list',
      { protection_concerns: ['x'.repeat(LONGEST_TEXT + 1) + MARK] },
    ],
    [
      'the end of a long text of a service',
      { services_section: [service({ service_type: 'x'.repeat(LONGEST_TEXT + 1) + MARK })] },
    ],
    ['another subform', { family_details_section: [{ relation_name: MARK }] }],
  ])('lets nothing through of %s', (_, fields) => {
    const source = JSON.parse(JSON.stringify({ ...record(), ...fields })) as CaseRecord;
    Object.defineProperty(source, '__proto__', { value: { note: MARK }, enumerable: true });
    const shared = noneShared();
    const row = packRecord(source, 'window', shared);
    expect(JSON.stringify([row, shared.values])).not.toContain(MARK);
    const { record: out } = unpackRecord(row, shared.values);
    expect(Object.getPrototypeOf(out)).toBe(Object.prototype);
    expect(Object.keys(out).sort()).toEqual(['id', 'last_updated_at', ...FIELDS].sort());
  });

  test('keeps a text that is too long long enough to be rejected', () => {
    const { rejects } = mapped(cut(record({ sex: 'x'.repeat(1_000_000) })));
    expect(rejects).toMatchObject([{ field: 'sex', reason: 'TOO_LONG' }]);
    expect(cut(record({ sex: 'x'.repeat(LONGEST_TEXT) })).sex).toHaveLength(LONGEST_TEXT);
  });

  test('keeps an object as one, so that it is rejected', () => {
    const { rejects } = mapped(cut(record({ sex: { a: 1 } })));
    expect(rejects).toMatchObject([{ field: 'sex', reason: 'NOT_TEXT' }]);
  });

  test('keeps a broken service as one without an id, so that it is rejected', () => {
    const { rejects } = mapped(cut(record({ services_section: [null, 'x', 5] })));
    expect(rejects.map(({ field, reason }) => `${field} ${reason}`)).toEqual([
      'services_section[0].unique_id MISSING',
      'services_section[1].unique_id MISSING',
      'services_section[2].unique_id MISSING',
    ]);
  });
});
