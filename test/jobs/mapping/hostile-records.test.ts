import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CASE_COLUMNS, type Column, SERVICE_COLUMNS } from '../../../jobs/mapping/columns.ts';
import { FIELDS } from '../../../jobs/mapping/fields.ts';
import type { Rejected, Row } from '../../../jobs/mapping/record.ts';
import { REASONS } from '../../../jobs/mapping/reject.ts';
import { LONGEST_TEXT } from '../../../jobs/policy.ts';
import type { CaseRecord } from '../../../jobs/record.ts';
import { cut, mapped, record, service } from './mapped.ts';

const digits = (length: number) =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((list) => list.join(''));

/** Texts that look like dates, many of which are none. */
const date = fc
  .tuple(
    fc.oneof(digits(4), digits(5), fc.constantFrom('0000', '0001', '9999', '2026')),
    fc.constantFrom('-', '/'),
    fc.oneof(digits(2), fc.constantFrom('01', '02', '12')),
    fc.oneof(digits(2), fc.constantFrom('01', '28', '29', '30', '31')),
    fc.constantFrom('', 'T00:00:00Z', ' 23:59:59', 'T24:00:00Z', 'T10:20', 'T99:99:99Z'),
    fc.constantFrom('', '+07:00', '-11:59', '+2359', '-23:59', '+99:99'),
  )
  .map(
    ([year, dash, month, day, time, zone]) => `${year}${dash}${month}${dash}${day}${time}${zone}`,
  );

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  // Any UTF-16, halves of pairs and NUL among it.
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('\u0000', 'a\ud800', '\udfffb', "'; --", '{}', '__proto__', 'NaN', '-0', '1e400'),
  fc.integer({ min: 990, max: 1010 }).map((length) => '👧'.repeat(length / 2)),
  fc.integer({ min: 995, max: 1005 }).map((length) => 'x'.repeat(length)),
  date,
  fc.nat(2e9).map(String),
);

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.jsonValue({ maxDepth: 2 }),
  fc.array(text, { maxLength: 4 }),
  fc.constantFrom(null, undefined, true, false, 0, -0, 1e308, Number.NaN, 17, 9.5, [], {}, [[]]),
);

/** A sound record of which some fields are replaced, most of it by what does not belong there. */
const fieldsOf = (fields: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...fields, '__proto__', 'name'), value, { maxKeys: 3 });

const services = fc.oneof(
  fc.array(fc.oneof(fieldsOf(SERVICE_COLUMNS.map(({ field }) => field)).map(service), value), {
    maxLength: 3,
  }),
  value,
);

const hostile = fc
  .tuple(fieldsOf(FIELDS), fc.option(services, { nil: [service()] }))
  .map(([fields, services_section]) => record({ services_section, ...fields }));

const SURROGATE_HALF = /[\uD800-\uDFFF]/u;

const isStorableText = (stored: unknown): boolean =>
  typeof stored === 'string' && !stored.includes('\u0000') && !SURROGATE_HALF.test(stored);

/** Days that PostgreSQL has, in the one form that is stored. */
const isDay = (stored: string): boolean =>
  /^(?!0000)\d{4}-\d\d-\d\d$/.test(stored) &&
  new Date(`${stored}T00:00:00Z`).toISOString().startsWith(stored);

const isStorable = (type: string, name: string, stored: unknown): boolean => {
  if (stored === null) return name !== 'case_id' && name !== 'unique_id';
  if (type === 'integer')
    return Number.isInteger(stored) && Number(stored) >= 0 && Number(stored) <= 200;
  if (!isStorableText(stored)) return false;
  const written = stored as string;
  if (type === 'date') return isDay(written);
  if (type === 'timestamptz')
    return isDay(written.slice(0, 10)) && /T\S{12}Z$/.test(written.slice(10));
  // Labels of a list are joined; each was short enough alone.
  return name === 'protection_concerns' || written.length <= LONGEST_TEXT;
};

/** Columns of a row that hold what PostgreSQL, or a rule, does not take. */
const wrongColumns = (columns: readonly Column[], row: Row): string[] =>
  columns
    .filter(({ name, type }) => !isStorable(type, name, row[name]))
    .map(({ name }) => `${name}: ${JSON.stringify(row[name])}`);

const isNamed = ({ reason, scope, field }: Rejected, row: Row | null): boolean =>
  reason in REASONS &&
  scope === (row === null ? 'case' : 'service') &&
  /^[a-z_]+(\[\d+\]\.[a-z_]+)?$/.test(field);

const check = (source: CaseRecord): void => {
  const { row, services, rejects } = mapped(source);
  const wrong = [
    ...(row === null ? [] : wrongColumns(CASE_COLUMNS, row)),
    ...services.flatMap((each) => wrongColumns(SERVICE_COLUMNS, each.row)),
    ...rejects.filter((reject) => !isNamed(reject, row)),
  ];
  expect(wrong).toEqual([]);
  if (row === null) expect(rejects).toHaveLength(1);
};

test('A hostile record, cut and cloned as the jobs do, is loaded or rejected, 10,000 times', () => {
  fc.assert(
    fc.property(hostile, (source) => {
      check(cut(source));
    }),
    { numRuns: 10_000 },
  );
});

test('A hostile record that nobody has cut is loaded or rejected, 2,000 times', () => {
  fc.assert(fc.property(hostile, check), { numRuns: 2_000 });
});

test('Whatever looks like a date is stored as one that exists, or rejected, 10,000 times', () => {
  fc.assert(
    fc.property(date, (written) => {
      check(
        record({
          registration_date: written.slice(0, 10),
          services_section: [service({ service_implemented_day_time: written })],
        }),
      );
    }),
    { numRuns: 10_000 },
  );
});

test('What is cut from a hostile record is small: no field that was not asked for, no text over the limit, 2,000 times', () => {
  fc.assert(
    fc.property(hostile, (source) => {
      const kept = cut(source);
      expect(Object.keys(kept).length).toBeLessThanOrEqual(FIELDS.length + 2);
      JSON.stringify(kept, (_, part) => {
        if (typeof part === 'string' && part.length > LONGEST_TEXT + 1) throw new Error('too long');
        return part;
      });
    }),
    { numRuns: 2_000 },
  );
});
