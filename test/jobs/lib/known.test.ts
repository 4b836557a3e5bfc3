import { expect, test } from 'vitest';
import { toKnown } from '../../../jobs/lib/known.ts';
import {
  KNOWN_COLUMNS,
  SEEN_TIME_COLUMNS,
  SELECT_KNOWN,
} from '../../../jobs/lib/sql/select-known.ts';
import { toArrays } from '../../../jobs/lib/sql/unnest.ts';
import { idOf } from '../../support/batches.ts';
import { describeOna } from '../../support/ona.ts';

test('nothing is known where no list has anything', () => {
  const nothing = { others: null, rejects: null, cases: [null, null], services: [null, null] };
  expect(toKnown(nothing)).toEqual([]);
});

describeOna('what ONA knows of a batch', (ona) => {
  const TIME = '2026-05-01T08:00:00.250Z';
  const seen = (child: Parameters<typeof idOf>[0]) => ({
    ...{ primero_id: idOf(child), primero_updated_at: TIME },
  });

  test('is the content and services of a case that is as new, the id of another, and who has rejects', async () => {
    await ona.query(
      `INSERT INTO cases (case_id, primero_id, primero_updated_at, in_under18, age, registration_date)
       VALUES ('with', $1, $5, true, 9, '2026-01-09'), ('without', $2, $5, false, NULL, NULL),
              ('older', $3, '2026-01-01', true, 1, NULL), ('elsewhere', $4, $5, true, 1, NULL)`,
      [idOf('sokha'), idOf('dara'), idOf('bopha'), idOf('chan'), TIME],
    );
    await ona.query(`
      INSERT INTO services (unique_id, case_id, service_type, service_date)
      VALUES ('a', 'with', 'Counselling', '2026-01-09 10:20:40.5'), ('b', 'with', NULL, NULL), ('c', 'older', NULL, NULL)`);
    await ona.query(
      `INSERT INTO sync_rejects (primero_id, scope, field, reason, in_reintegration, in_under18, primero_updated_at, sync_id, batch)
       VALUES ($1, 'case', 'age', 'NOT_AN_AGE', true, true, $2, 'x', 1)`,
      [idOf('rith'), TIME],
    );
    const batch = [seen('sokha'), seen('dara'), seen('bopha'), seen('rith')];
    const { rows } = await ona.query(SELECT_KNOWN, toArrays(SEEN_TIME_COLUMNS, batch));
    expect(rows[0]!.services[0]).toEqual(['with', 'with']);
    const known = toKnown(rows[0] as never);
    const content = (values: Record<string, unknown>) =>
      KNOWN_COLUMNS.map(({ name }) => values[name] ?? null);
    expect(known).toHaveLength(4);
    expect(known).toEqual(
      expect.arrayContaining([
        {
          primero_id: idOf('sokha'),
          content: content({
            ...{ case_id: 'with', age: 9, registration_date: '2026-01-09', in_under18: true },
          }),
          services: expect.arrayContaining([
            ['a', 'Counselling', '2026-01-09T10:20:40.5'],
            ['b', null, null],
          ]),
          is_reject: false,
        },
        {
          primero_id: idOf('dara'),
          content: content({ case_id: 'without', in_under18: false }),
          ...{ services: null, is_reject: false },
        },
        { primero_id: idOf('bopha'), content: null, services: null, is_reject: false },
        { primero_id: idOf('rith'), content: null, services: null, is_reject: true },
      ]),
    );
  });
});
