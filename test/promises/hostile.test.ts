import { afterEach, expect, test } from 'vitest';
import type { REASONS } from '../../jobs/mapping/reject.ts';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import { census } from '../support/census.ts';
import { describeBoth } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { tableNames } from './whole-database.ts';

type Fields = Record<string, unknown>;

const MEGABYTE = 'x'.repeat(1_000_000);

/** Texts that are stored as they come, wherever a text is stored. */
const STORED = [
  `'); DROP TABLE cases; --`,
  `" OR ""=" \\' \\\\ $1 $$ %s \${x}`,
  '👩‍👧‍👦 🇰🇭 \u{10FFFF}',
  'ភាសាខ្មែរ ​ករណី',
  '\u202Eشهادة‏ עברית\u202C',
  'line\nbreak\ttab\r\u0001\u001b[31m\u0085\ufeff',
  '__proto__',
  '{"json": [1, null]}',
  'null',
  'NaN',
  '\\N',
];

/** What cannot be loaded: the fields, the one that is named for it, and the reason. */
const REJECTED: [fields: Fields, field: string, reason: keyof typeof REASONS][] = [
  [{ sex: 'a\u0000b' }, 'sex', 'UNSTORABLE'],
  [{ oscar_number: '\ud800' }, 'oscar_number', 'UNSTORABLE'],
  [{ sex: MEGABYTE }, 'sex', 'TOO_LONG'],
  [{ protection_concerns: ['refugee', MEGABYTE] }, 'protection_concerns', 'TOO_LONG'],
  [{ case_id_display: undefined }, 'case_id_display', 'MISSING'],
  [{ case_id_display: [] }, 'case_id_display', 'NOT_TEXT'],
  [{ sex: ['female'] }, 'sex', 'NOT_TEXT'],
  [{ location_current: { code: '10060802' } }, 'location_current', 'NOT_TEXT'],
  [{ sex: JSON.parse('{"__proto__": {"polluted": true}}') }, 'sex', 'NOT_TEXT'],
  [{ protection_concerns: { 0: 'refugee' } }, 'protection_concerns', 'NOT_A_LIST'],
  [{ registration_date: '0000-01-01' }, 'registration_date', 'NOT_A_DATE'],
  [{ registration_date: '99999-01-01' }, 'registration_date', 'NOT_A_DATE'],
  [{ registration_date: '2026-02-30' }, 'registration_date', 'NOT_A_DATE'],
  [{ registration_date: 'infinity' }, 'registration_date', 'NOT_A_DATE'],
  [{ age: 17.5 }, 'age', 'NOT_AN_AGE'],
  [{ age: '9 years' }, 'age', 'NOT_AN_AGE'],
  [{ consent_reporting: 'yes' }, 'consent_reporting', 'NOT_TRUE_OR_FALSE'],
];

/** Services that cannot be loaded, while their case is. */
const REJECTED_SERVICES: [service: unknown, field: string, reason: keyof typeof REASONS][] = [
  [{ service_type: 'counselling' }, 'unique_id', 'MISSING'],
  ['text', 'unique_id', 'MISSING'],
  [{ unique_id: 's1', service_type: 'a\u0000' }, 'service_type', 'UNSTORABLE'],
  [
    { unique_id: 's2', service_implemented_day_time: '0000-01-01T00:00:00Z' },
    'service_implemented_day_time',
    'NOT_A_TIME',
  ],
  [
    { unique_id: 's3', service_implemented_day_time: '99999-12-31T23:59:59Z' },
    'service_implemented_day_time',
    'NOT_A_TIME',
  ],
];

describeBoth('hostile records', (ona) => {
  let primero: Primero;
  afterEach(() => primero.close());

  test('are loaded exactly or rejected with the reason, and the rest is loaded', async () => {
    primero = await startPrimero({ cases: 700, seed: 2 });
    const tables = await tableNames(ona);
    let count = 0;
    const put = (fields: Fields): string => {
      count += 1;
      const id = `66666666-0000-4000-8000-00000000${String(count).padStart(4, '0')}`;
      const sound = { record_state: true, age: 9, registration_date: '2026-01-09' };
      primero.store.put(
        { id, ...sound, case_id_display: `hostile-${count}`, services_section: [], ...fields },
        Date.now() - 15 * 60_000,
      );
      return id;
    };
    const stored = STORED.map((text) => ({
      text,
      id: put({
        case_id_display: `${text} of a case`,
        sex: text,
        location_current: text,
        protection_concerns: [text],
        services_section: [{ unique_id: `${text} of a service`, service_type: text }],
      }),
    }));
    const numbers = put({ age: '9', sex: 3, oscar_number: 12345, location_current: 10060802 });
    const early = put({ registration_date: '0001-01-01' });
    const last = put({ registration_date: '9999/12/31' });
    const rejected = REJECTED.map(([fields, field, reason]) => ({
      id: put(fields),
      field,
      reason,
    }));
    const without = REJECTED_SERVICES.map(([service, field, reason]) => {
      const id = put({ services_section: [{ unique_id: `sound-${count}` }, service] });
      return { id, field: `services_section[1].${field}`, reason };
    });
    const { last: summary, error } = await census({ primero, ona }).sync();
    expect(error).toBeNull();
    expect(summary.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
    expect(await tableNames(ona)).toEqual(tables);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();

    const one = async (id: string) =>
      (
        await ona.query(
          'SELECT c.*, registration_date::text AS day, unique_id, service_type FROM cases c LEFT JOIN services s USING (case_id) WHERE c.primero_id = $1',
          [id],
        )
      ).rows;
    for (const { text, id } of stored) {
      expect(await one(id)).toMatchObject([
        {
          case_id: `${text} of a case`,
          sex: text,
          location_code: text,
          protection_concerns: text,
          unique_id: `${text} of a service`,
          service_type: text,
        },
      ]);
    }
    expect(await one(numbers)).toMatchObject([
      { age: 9, sex: '3', case_source: 'oscar', district_current: 'Chetr Borei' },
    ]);
    expect(await one(early)).toMatchObject([{ day: '0001-01-01' }]);
    expect(await one(last)).toMatchObject([{ day: '9999-12-31' }]);
    for (const { id } of rejected) expect(await one(id)).toEqual([]);
    for (const { id } of without) expect(await one(id)).toHaveLength(1);
    const { rows } = await ona.query(
      "SELECT primero_id::text AS id, field, reason FROM sync_rejects WHERE primero_id::text LIKE '66666666%'",
    );
    expect(rows).toEqual(expect.arrayContaining([...rejected, ...without]));
    const kept = await ona.query(
      'SELECT sum(length(t::text))::integer AS length FROM sync_rejects t',
    );
    expect(kept.rows[0]!.length).toBeLessThan(20_000);
  });
});
