import { SERVICE_COLUMNS } from '../mapping/columns.ts';
import { assignments, names, recordset } from './recordset.ts';

const CONTENT = [...SERVICE_COLUMNS, { name: 'case_id', type: 'text' }];
const OWNER = [
  { name: 'case_id', type: 'text' },
  { name: 'primero_id', type: 'uuid' },
  { name: 'primero_updated_at', type: 'timestamptz' },
  { name: 'services', type: 'text[]' },
];

/** The cases whose services the batch says, where it is their newest record: others keep what they have. */
const OWNERS = `owners AS MATERIALIZED (
  SELECT o.case_id, o.primero_id, o.services FROM (SELECT * FROM ${recordset('$1', OWNER)}) o
  JOIN cases c ON c.case_id = o.case_id AND c.primero_id = o.primero_id AND c.primero_updated_at = o.primero_updated_at
)`;

/** Services of the batch, with the child that has them: two children may have one case_id. */
const INCOMING = `incoming AS MATERIALIZED (
  SELECT * FROM ${recordset('$2', [...CONTENT, { name: 'primero_id', type: 'uuid' }])}
)`;

/**
 * Removes services that their case no longer has.
 * Parameter: the cases. Returns how many were removed.
 */
export const REMOVE_SERVICES = `
WITH ${OWNERS},
removed AS (
  DELETE FROM services s USING owners o
  WHERE s.case_id = o.case_id AND s.unique_id <> ALL (o.services)
  RETURNING 1
)
SELECT count(*)::integer AS removed FROM removed`;

/**
 * Writes services that are new or differ. One whose unique_id another case has is left out and returned.
 * Parameters: the cases, service rows. Returns how many were written, and the ids of the cases left out of.
 */
export const UPSERT_SERVICES = `
WITH ${INCOMING},
${OWNERS},
judged AS MATERIALIZED (
  SELECT i.*,
         coalesce(taker.case_id, first_value(i.case_id) OVER (PARTITION BY i.unique_id ORDER BY i.case_id)) <> i.case_id AS is_taken,
         ROW(${names(CONTENT, 's')}) IS DISTINCT FROM ROW(${names(CONTENT, 'i')}) AS differs
  FROM incoming i JOIN owners o USING (primero_id)
  LEFT JOIN services s ON s.unique_id = i.unique_id
  LEFT JOIN cases taker ON taker.case_id = s.case_id
),
written AS (
  INSERT INTO services (${names(CONTENT)})
  SELECT ${names(CONTENT)} FROM judged WHERE differs AND NOT is_taken
  ON CONFLICT (unique_id) DO UPDATE SET ${assignments(CONTENT.slice(1), 'excluded')}
  RETURNING 1
)
SELECT (SELECT count(*)::integer FROM written) AS written,
       (SELECT json_agg(DISTINCT primero_id) FROM judged WHERE is_taken) AS taken`;
