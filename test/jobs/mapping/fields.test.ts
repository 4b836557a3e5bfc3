import { describe, expect, test } from 'vitest';
import { CASE_COLUMNS, IDENTITY_COLUMNS, SERVICE_COLUMNS } from '../../../jobs/mapping/columns.ts';
import { FIELDS, SERVICE_FIELDS, SERVICES_FIELD } from '../../../jobs/mapping/fields.ts';
import { toGazetteer } from '../../../jobs/mapping/locations.ts';
import { mapCase } from '../../../jobs/mapping/record.ts';
import { cut, mapped, record, service } from './mapped.ts';

/** Primero sends these whatever `fields` says. */
const ALWAYS = ['id', 'enabled', 'last_updated_at'];

const context = { gazetteer: toGazetteer([]), onUnmapped: () => {} };

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

const unique = (names: readonly string[]) => [...new Set(names)].sort();

describe('What Primero is asked for', () => {
  test('is what the columns come from, and the services', () => {
    const columns = [...IDENTITY_COLUMNS, ...CASE_COLUMNS].map(({ field }) => field);
    const asked = unique([...columns, SERVICES_FIELD]).filter((field) => !ALWAYS.includes(field));
    expect([...FIELDS].sort()).toEqual(asked);
  });

  test('is exactly what the mapping reads of a case', () => {
    const read = fieldsRead(record(), (watched) => mapCase(watched, context));
    expect([...FIELDS].sort()).toEqual(read);
  });

  test('is, of a service, what its columns come from, and exactly what the mapping reads', () => {
    expect([...SERVICE_FIELDS]).toEqual(SERVICE_COLUMNS.map(({ field }) => field));
    const read = fieldsRead(service(), (entry) =>
      mapCase(record({ services_section: [entry] }), context),
    );
    expect([...SERVICE_FIELDS].sort()).toEqual(read);
  });

  test('has no field twice', () => {
    expect(new Set(FIELDS).size).toBe(FIELDS.length);
  });

  test('maps as the whole record does', () => {
    expect(mapped(cut(record({ name: 'not asked for' })))).toEqual(mapped(record()));
  });
});
