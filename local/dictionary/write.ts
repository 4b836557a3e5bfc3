import type { Client } from 'pg';
import type { Entry } from './types.ts';

/** What a run did with the labels. `kept` are rows that the ONA team wrote and that differ. */
export type Written = { inserted: number; updated: number; unchanged: number; kept: number };

/**
 * Writes labels: one that is not there is inserted, one of ours that differs is rewritten, all else is left
 * untouched. Rows whose `source` is neither `primero` nor `sync` are the ONA team's own: they are rewritten, and
 * become ours, only where that is asked for.
 *
 * ONA's own table may lack the key, so nothing relies on one. Parameters: entries as JSON, whether to overwrite.
 */
export const WRITE_ENTRIES = `
WITH incoming AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json)
    AS r(column_name text, value text, label_en text, label_km text, code text, source text)
),
met AS MATERIALIZED (
  SELECT i.*, bool_or(d.column_name IS NOT NULL) AS is_there,
         bool_or(coalesce(d.source, '') NOT IN ('primero', 'sync') AND d.column_name IS NOT NULL) AS is_own,
         bool_or(d.column_name IS NOT NULL AND ROW(d.label_en, d.label_km) IS DISTINCT FROM ROW(i.label_en, i.label_km)) AS says_other,
         bool_or(d.column_name IS NOT NULL AND ROW(d.label_en, d.label_km, d.code, d.source)
           IS DISTINCT FROM ROW(i.label_en, i.label_km, i.code, i.source)) AS differs
  FROM incoming i
  LEFT JOIN data_dictionary d ON d.column_name = i.column_name AND d.value = i.value
  GROUP BY i.column_name, i.value, i.label_en, i.label_km, i.code, i.source
),
updated AS (
  UPDATE data_dictionary d
  SET label_en = m.label_en, label_km = m.label_km, code = m.code, source = m.source
  FROM met m
  WHERE d.column_name = m.column_name AND d.value = m.value AND m.differs AND (NOT m.is_own OR $2::boolean)
    AND ROW(d.label_en, d.label_km, d.code, d.source) IS DISTINCT FROM ROW(m.label_en, m.label_km, m.code, m.source)
  RETURNING 1
),
inserted AS (
  INSERT INTO data_dictionary (column_name, value, label_en, label_km, code, source)
  SELECT column_name, value, label_en, label_km, code, source FROM met WHERE NOT is_there
  ON CONFLICT DO NOTHING
  RETURNING 1
)
SELECT (SELECT count(*)::integer FROM inserted) AS inserted,
       (SELECT count(*)::integer FROM updated) AS updated,
       (SELECT count(*)::integer FROM met
        WHERE is_there AND (NOT differs OR (is_own AND NOT says_other AND NOT $2::boolean))) AS unchanged,
       (SELECT count(*)::integer FROM met WHERE is_own AND says_other AND NOT $2::boolean) AS kept`;

/** Writes entries in one statement: all or none. */
export const writeEntries = async (
  client: Client,
  entries: readonly Entry[],
  overwrite: boolean,
): Promise<Written> => {
  const { rows } = await client.query<Written>(WRITE_ENTRIES, [JSON.stringify(entries), overwrite]);
  return rows[0]!;
};
