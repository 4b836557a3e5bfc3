import type { Row } from '../mapping/case.ts';
import { SERVICE_COLUMNS } from '../mapping/columns.ts';
import type { CaseRow } from '../rows.ts';
import { reopenFreed } from './freed.ts';
import { replaceServices } from './services.ts';
import { toArray, toArrays } from './unnest.ts';
import { CASE_CONTENT, CASE_ROW_COLUMNS, upsertCases } from './upsert-cases.ts';

/** Number of the parameter with the cases' first column. */
const CASES = 3;

/**
 * Writes cases, and with them the services of those that say them. Who waits for a service of a case that gave some
 * up is to be fetched again.
 *
 * Parameters: sync id, batch number, columns of the cases, columns of the services. Returns one row: `cases`, counts by
 * indicator and outcome; `clashes`, for each case left out who has its case_id; how many services were `removed` and
 * `written`; `taken`, for each service left out whose it is and who has its unique_id. A list is null where it has
 * nothing.
 */
export const WRITE_RECORDS = `
WITH ${upsertCases('$1', CASES).trim()},
${replaceServices(CASES + CASE_ROW_COLUMNS.length).trim()},
${reopenFreed('yielding', '$1', '$2', 'services').trim()}
SELECT (SELECT json_agg(o) FROM (
         SELECT indicator, outcome, count(*) FROM judged GROUP BY indicator, outcome
       ) o) AS cases,
       (SELECT json_agg(json_build_object('primero_id', primero_id, 'held_by', held_by))
        FROM judged WHERE outcome = 'clash') AS clashes,
       (SELECT count(*)::integer FROM given_up) AS removed,
       (SELECT count(*)::integer FROM to_write WHERE NOT is_taken) AS written,
       (SELECT json_agg(t) FROM taken t) AS taken`;

/** The parameters of WRITE_RECORDS after sync id and batch number: one array a column. */
export const toRecordArrays = (cases: readonly CaseRow[]): string[] => {
  const services: Row[] = [];
  const positions: number[] = [];
  cases.forEach((each, index) => {
    for (const service of each.services ?? []) {
      services.push(service);
      positions.push(index + 1);
    }
  });
  return [
    toArray(cases.map(({ indicator }) => indicator)),
    toArray(cases.map((each) => each.services !== null)),
    ...toArrays(
      CASE_CONTENT,
      cases.map(({ row }) => row),
    ),
    toArray(positions),
    ...toArrays(SERVICE_COLUMNS, services),
  ];
};
