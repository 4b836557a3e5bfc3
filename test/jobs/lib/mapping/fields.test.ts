import { describe, expect, test } from 'vitest';
import { identify, mapCase, mapLeaver } from '../../../../jobs/lib/mapping/case.ts';
import { FULL_FIELDS, MINIMAL_FIELDS } from '../../../../jobs/lib/mapping/fields.ts';
import { LONGEST_TEXT } from '../../../../jobs/lib/settings.ts';
import type { CaseRecord } from '../../../../jobs/lib/types.ts';
import { cut } from '../../../support/cut.ts';
import { ID, mapped, record, service } from './mapped.ts';
import { gazetteer } from './places.ts';

/** Primero sends these whatever `fields` says. */
const ALWAYS = ['id', 'enabled', 'last_updated_at'];

const context = { gazetteer, onUnmapped: () => {} };

/** Names of the fields that are read of an object while `use` works on it. */
const fieldsRead = <T extends object>(source: T, use: (watched: T) => unknown): string[] => {
  const read = new Set<string>();
  use(
    new Proxy(source, {
      get: (target, field) => {
        read.add(String(field));
        return Reflect.get(target, field);
      },
      has: () => {
        throw new Error('A field was looked for in another way than by reading it.');
      },
      ownKeys: () => {
        throw new Error('All fields were listed.');
      },
    }),
  );
  return [...read].filter((field) => !ALWAYS.includes(field)).sort();
};

describe('fields=', () => {
  test('FULL_FIELDS is exactly what the mapping reads of a case', () => {
    const read = fieldsRead(record(), (watched) => [mapCase(watched, context), identify(watched)]);
    expect([...FULL_FIELDS].sort()).toEqual(read);
  });

  test('MINIMAL_FIELDS is exactly what the mapping reads of a leaver', () => {
    const read = fieldsRead(record(), (watched) => [
      mapLeaver(watched, context),
      identify(watched),
    ]);
    expect([...MINIMAL_FIELDS].sort()).toEqual(read);
  });

  test('No field is asked for twice', () => {
    expect(new Set(FULL_FIELDS).size).toBe(FULL_FIELDS.length);
    expect(new Set(MINIMAL_FIELDS).size).toBe(MINIMAL_FIELDS.length);
  });

  test('What is cut to FULL_FIELDS maps as the whole does', () => {
    expect(mapped(cut(record(), FULL_FIELDS))).toEqual(mapped(record()));
  });

  test('Of a service, exactly what the mapping reads is kept', () => {
    const kept = cut(record(), FULL_FIELDS).services_section as object[];
    const read = fieldsRead(service(), (entry) =>
      mapCase(record({ services_section: [entry] }), context),
    );
    expect(Object.keys(kept[0]!).sort()).toEqual(read);
  });
});

describe('A record that is cut', () => {
  const MARK = 'a name, a street, a phone number';
  const cutWith = (fields: object) => cut(record(fields), FULL_FIELDS);

  test('keeps a record that has nothing but what is asked for', () => {
    const { oscar_number: _, ...rest } = record();
    expect(cutWith({})).toEqual(rest);
  });

  test.each<[name: string, fields: object]>([
    ['another field', { name: MARK }],
    ['an object in another field', { address: { street: MARK } }],
    ['an object where a text belongs', { sex: { note: MARK } }],
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
    ['what a clone through JSON calls __proto__', JSON.parse(`{"__proto__": {"sex": "${MARK}"}}`)],
  ])('lets nothing through of %s', (_, fields) => {
    const source = JSON.parse(JSON.stringify({ ...record(), ...fields })) as CaseRecord;
    Object.defineProperty(source, '__proto__', { value: { note: MARK }, enumerable: true });
    const kept = cut(source, FULL_FIELDS);
    expect(JSON.stringify(kept)).not.toContain(MARK);
    expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
    for (const field of Object.keys(kept)) expect([...ALWAYS, ...FULL_FIELDS]).toContain(field);
  });

  test('keeps of a leaver no more than is asked for', () => {
    expect(cut(record({ name: MARK, age: 18 }), MINIMAL_FIELDS)).toEqual({
      id: ID,
      enabled: true,
      last_updated_at: '2026-03-09T10:38:34.074Z',
      case_id_display: 'd41f17d',
      type_of_case: 'children_undergoing_reintegration_55427',
      age: 18,
    });
  });

  test('keeps of a changed record who it is and when', () => {
    expect(cut(record({ name: MARK }), [])).toEqual({
      id: ID,
      enabled: true,
      last_updated_at: '2026-03-09T10:38:34.074Z',
    });
  });

  test.each<[name: string, fields: object, enabled: boolean]>([
    ['enabled', { enabled: true }, true],
    ['record_state', { enabled: undefined, record_state: true }, true],
    ['neither said', { enabled: undefined }, true],
    ['disabled', { enabled: false }, false],
    ['disabled by record_state', { enabled: undefined, record_state: false }, false],
    ['one says disabled', { enabled: true, record_state: false }, false],
  ])('knows whether a record is enabled: %s', (_, fields, enabled) => {
    expect(cutWith(fields).enabled).toBe(enabled);
  });

  test('says nothing where there is null: it means the same as absent', () => {
    expect(cutWith({ sex: null })).toHaveProperty('sex', undefined);
    expect(cutWith({ services_section: null })).toHaveProperty('services_section', undefined);
  });

  test('keeps a list of no services: all that there were go', () => {
    expect(cutWith({ services_section: [] }).services_section).toEqual([]);
  });

  test('keeps a text that is too long long enough to be rejected', () => {
    const { rejects } = mapped(cutWith({ sex: 'x'.repeat(1_000_000) }));
    expect(rejects).toMatchObject([{ field: 'sex', reason: 'TOO_LONG' }]);
    expect(cutWith({ sex: 'x'.repeat(LONGEST_TEXT) }).sex).toHaveLength(LONGEST_TEXT);
  });

  test('keeps an object as one, so that it is rejected', () => {
    const { rejects } = mapped(cutWith({ sex: { a: 1 } }));
    expect(rejects).toMatchObject([{ field: 'sex', reason: 'NOT_TEXT' }]);
  });

  test('keeps a broken service as one without an id, so that it is rejected', () => {
    const { rejects } = mapped(cutWith({ services_section: [null, 'x', 5] }));
    expect(rejects.map(({ field, reason }) => `${field} ${reason}`)).toEqual([
      'services_section[0].unique_id MISSING',
      'services_section[1].unique_id MISSING',
      'services_section[2].unique_id MISSING',
    ]);
  });
});
