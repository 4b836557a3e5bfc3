import { START_OF_RECORDS } from '../../jobs/lib/settings.ts';

const RANGES = (of: string): string => `(
  SELECT coalesce(json_agg(json_build_array(
    to_char(lower(r) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    to_char((upper(r) - interval '1 second') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
  ) ORDER BY r), '[]')
  FROM unnest(${of}) AS r)`;

const TIME = (of: string): string =>
  `to_char(${of} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/**
 * The whole status in one statement, so that it is of one moment. The ledger keeps ranges without
 * their end (`[from, to)`, whole seconds); here they end with their last second, as in messages.
 * An old batch that is run again proves its own, older window once more: the proof of the newest window
 * counts, as long as none after it found a difference.
 */
export const SELECT_STATUS = `
WITH lines AS (
  SELECT sync_id, batch, mode, window_to, fetched_at AS first_at, written_at AS last_at FROM sync_batches
  UNION ALL
  SELECT sync_id, batch, NULL, window_to, checked_at, checked_at FROM sync_proofs
),
newest AS (SELECT max(window_to) AS window_to FROM lines),
coverage AS (
  SELECT i.indicator,
    coalesce((SELECT range_agg(b.covered) FROM sync_batches b WHERE b.indicator = i.indicator),
             '{}'::tstzmultirange)
    - coalesce((SELECT range_agg(reopened) FROM sync_reopened o, unnest(o.ranges) AS reopened
                WHERE o.indicator = i.indicator), '{}'::tstzmultirange) AS covered
  FROM (VALUES ('reintegration'), ('under18')) AS i (indicator)
),
indicators AS (
  SELECT c.indicator, c.covered,
    CASE WHEN newest.window_to IS NOT NULL
      THEN tstzmultirange(tstzrange('${START_OF_RECORDS}', newest.window_to + interval '1 second')) - c.covered
      ELSE '{}'::tstzmultirange END AS gaps,
    p.expected, p.held,
    coalesce(p.proven AND p.window_to = newest.window_to AND last.proven, false) AS proven
  FROM coverage c CROSS JOIN newest
  LEFT JOIN LATERAL (
    SELECT * FROM sync_proofs p WHERE p.indicator = c.indicator ORDER BY window_to DESC, id DESC LIMIT 1
  ) p ON true
  LEFT JOIN LATERAL (
    SELECT proven FROM sync_proofs p WHERE p.indicator = c.indicator ORDER BY id DESC LIMIT 1
  ) last ON true
),
last_sync AS (
  SELECT l.sync_id, max(l.mode) AS mode, min(l.first_at) AS started_at, max(l.last_at) AS ended_at,
         count(DISTINCT l.batch)::integer AS batches, max(l.window_to) AS window_to
  FROM lines l
  WHERE l.sync_id = (SELECT sync_id FROM lines ORDER BY last_at DESC, batch DESC LIMIT 1)
  GROUP BY l.sync_id
)
SELECT
  coalesce((SELECT bool_and(proven AND gaps = '{}'::tstzmultirange) FROM indicators), false) AS complete,
  (SELECT json_object_agg(indicator, json_build_object(
     'covered', ${RANGES('covered')}, 'gaps', ${RANGES('gaps')}, 'expected', expected, 'held', held,
     'proven', proven)
     ORDER BY indicator) FROM indicators) AS indicators,
  json_build_object(
    'cases', (SELECT count(*) FROM cases),
    'services', (SELECT count(*) FROM services),
    'rejects', (SELECT count(*) FROM sync_rejects)) AS tables,
  (SELECT json_build_object(
     'syncId', sync_id, 'mode', mode, 'startedAt', ${TIME('started_at')}, 'endedAt', ${TIME('ended_at')},
     'batches', batches, 'windowTo', ${TIME('window_to')},
     'complete', (SELECT count(DISTINCT p.indicator) = 2 FROM sync_proofs p
                  WHERE p.sync_id = s.sync_id AND p.proven AND p.window_to = s.window_to))
   FROM last_sync s) AS "lastSync"`;
