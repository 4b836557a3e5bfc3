-- Why children are counted otherwise after a write than before it. The reasons, and what each means: docs/data.md.
-- Whoever writes calls figures_before first and figures_after last, in one transaction. It may look several times.

-- A child as far as it decides how it is counted.
CREATE TYPE figure_child AS (
  id       uuid,        -- null where an earlier integration left the row
  case_id  text,
  created  timestamptz, -- in Primero
  updated  timestamptz,
  services jsonb        -- quarters by unique_id
);

-- That a child is, or could be, in a figure: once for each indicator, measure and quarter.
CREATE TYPE figure_row AS (
  id uuid, indicator text, measure text, quarter text, quarter_start date, province text, district text, sex text,
  age_from integer, disability text, placement text, consent text, left_out text
);

-- How some children count now, and what decides it: a JSON object that the next two functions read.
CREATE FUNCTION figure_state(ids uuid[], case_ids text[]) RETURNS jsonb
  LANGUAGE sql STABLE
  AS $$
    WITH child AS MATERIALIZED (
      SELECT primero_id, case_id, primero_created_at, primero_updated_at FROM cases WHERE primero_id = ANY (ids)
      UNION
      SELECT primero_id, case_id, primero_created_at, primero_updated_at FROM cases WHERE case_id = ANY (case_ids)
    )
    SELECT jsonb_build_object(
      'children', (
        SELECT jsonb_agg(row(
          c.primero_id, c.case_id, c.primero_created_at, c.primero_updated_at,
          (SELECT jsonb_object_agg(s.unique_id, indicator_quarter(indicator_quarter_start(s.service_date::date)))
           FROM services s WHERE s.primero_id = c.primero_id AND s.service_date IS NOT NULL))::figure_child)
        FROM child c),
      'rows', (
        SELECT jsonb_agg(row(
          i.primero_id, i.indicator, i.measure, indicator_quarter(i.quarter_start), i.quarter_start,
          i.province_current_code, i.district_current_code, i.sex, i.age_from, i.disabled, i.placement_type,
          i.consent_for_reporting, i.left_out)::figure_row)
        FROM indicator_children i
        WHERE i.measure <> 'by service' AND i.primero_id = ANY (ARRAY(SELECT primero_id FROM child WHERE primero_id IS NOT NULL))),
      -- Names of the indicators that they count for, or once did, and who could not be loaded.
      'names', (SELECT jsonb_agg(i.primero_id || ' ' || i.indicator) FROM case_indicators i WHERE i.primero_id = ANY (ids)),
      'rejected', (SELECT jsonb_agg(r.primero_id) FROM sync_rejects r WHERE r.primero_id = ANY (ids) AND r.scope = 'case'))
  $$;

CREATE FUNCTION figure_children(state jsonb) RETURNS SETOF figure_child
  LANGUAGE sql STABLE
  AS $$ SELECT c.* FROM jsonb_populate_recordset(NULL::figure_child, nullif(state -> 'children', 'null')) c $$;

CREATE FUNCTION figure_rows(state jsonb) RETURNS SETOF figure_row
  LANGUAGE sql STABLE
  AS $$ SELECT r.* FROM jsonb_populate_recordset(NULL::figure_row, nullif(state -> 'rows', 'null')) r $$;

-- The texts of a list, none where there is no list.
CREATE FUNCTION figure_names(list jsonb) RETURNS SETOF text
  LANGUAGE sql IMMUTABLE
  AS $$ SELECT * FROM jsonb_array_elements_text(nullif(list, 'null')) $$;

-- Whether services, as quarters by unique_id, have one in a quarter.
CREATE FUNCTION figure_has_quarter(services jsonb, quarter text) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  AS $$ SELECT EXISTS (SELECT FROM jsonb_each_text(services) s WHERE s.value = quarter) $$;

-- The cells that a row counts in: none where there is no row, or the child is left out.
CREATE FUNCTION figure_cells(r figure_row) RETURNS TABLE (cut text, period text, key1 text, key2 text)
  LANGUAGE sql STABLE
  AS $$
    SELECT c.* FROM indicator_cells((r).quarter_start, (r).province, (r).district, (r).sex, (r).age_from,
                                    (r).disability, (r).placement) c
    WHERE (r).id IS NOT NULL AND (r).left_out IS NULL
  $$;

-- Two lists, one after the other.
CREATE FUNCTION figure_join(a jsonb, b jsonb, key text) RETURNS jsonb
  LANGUAGE sql IMMUTABLE
  AS $$ SELECT coalesce(nullif(a -> key, 'null'), '[]') || coalesce(nullif(b -> key, 'null'), '[]') $$;

-- Looks how children count before they are written: those of `ids`, and whoever has one of the case_ids or services now.
-- It is kept until the transaction ends; who was looked at already is not looked at again. Stable, so that a statement that
-- writes still sees what was there before. Until figures were kept once there is nothing to explain.
CREATE FUNCTION figures_before(ids uuid[], case_ids text[], service_ids text[]) RETURNS void
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT SET jit = off
  AS $$
    WITH known AS MATERIALIZED (SELECT nullif(current_setting('figures.before', true), '')::jsonb AS state),
    looked_at AS MATERIALIZED (
      SELECT w.ids, figure_state(w.ids, case_ids) AS state
      FROM (SELECT ARRAY(
              (SELECT unnest(ids) UNION SELECT s.primero_id FROM services s WHERE s.unique_id = ANY (service_ids))
              EXCEPT
              SELECT n::uuid FROM known, figure_names(known.state -> 'ids') n) AS ids) w
    )
    SELECT set_config('figures.before', jsonb_build_object(
      'ids', figure_join(known.state, to_jsonb(own), 'ids'),
      'children', figure_join(known.state, own.state, 'children'), 'rows', figure_join(known.state, own.state, 'rows'),
      'names', figure_join(known.state, own.state, 'names'),
      'rejected', figure_join(known.state, own.state, 'rejected'))::text, true)
    FROM known, looked_at own
    WHERE EXISTS (SELECT FROM figure_sets)
  $$;

-- Why a service of a quarter is there on one side only: `here` are the services of the side that has it.
CREATE FUNCTION figure_service_reason(here jsonb, there jsonb, quarter text, is_gain boolean) RETURNS text
  LANGUAGE sql IMMUTABLE
  AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM jsonb_each_text(here) s WHERE s.value = quarter AND there ? s.key) THEN 'service_changed'
                WHEN is_gain THEN 'service_added' ELSE 'service_removed' END
  $$;

-- Whether a value was given another name: all had the old one when figures were last kept, and none the new one.
CREATE FUNCTION figure_was_renamed(census text, of_cut text, b figure_row, a figure_row) RETURNS boolean
  LANGUAGE sql STABLE
  AS $$
    WITH value AS (
      SELECT CASE of_cut WHEN 'sex and age' THEN (b).sex WHEN 'disability' THEN (b).disability ELSE (b).placement END AS old,
             CASE of_cut WHEN 'sex and age' THEN (a).sex WHEN 'disability' THEN (a).disability ELSE (a).placement END AS new
    )
    SELECT value.old <> value.new
       AND EXISTS (SELECT FROM figures f WHERE f.sync_id = census AND f.cut = of_cut AND f.key1 = value.old)
       AND NOT EXISTS (SELECT FROM figures f WHERE f.sync_id = census AND f.cut = of_cut AND f.key1 = value.new)
    FROM value
  $$;

-- Notes why children count otherwise than before: gained and lost children of each cell, by reason.
-- `sync` is the one that writes, if one does; `because` is why rows went, where a command took them out.
CREATE FUNCTION figures_after(sync text, because text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT SET jit = off
  AS $$
WITH two_states AS MATERIALIZED (
  SELECT b, figure_state(ARRAY(SELECT id::uuid FROM figure_names(b -> 'ids') id)
                         || ARRAY(SELECT id FROM figure_children(b) WHERE id IS NOT NULL), '{}') AS a
  FROM (SELECT nullif(current_setting('figures.before', true), '')::jsonb AS b) s
  WHERE b IS NOT NULL
),
-- Mostly nothing has changed: then there is no row in all that follows.
state AS MATERIALIZED (
  SELECT b, a FROM two_states WHERE (nullif(b -> 'children', '[]'), nullif(b -> 'rows', '[]')) IS DISTINCT FROM (nullif(a -> 'children', 'null'), nullif(a -> 'rows', 'null'))
), since AS MATERIALIZED (
  SELECT s.sync_id, s.began_at, coalesce(s.places <> l.places, false) AS places_differ,
         coalesce(s.definitions <> l.definitions, false) AS rules_differ
  FROM figure_lists l LEFT JOIN (SELECT * FROM figure_sets ORDER BY kept_at DESC LIMIT 1) s ON true
), child_before AS MATERIALIZED (SELECT c.* FROM state, figure_children(state.b) c
), child_now AS MATERIALIZED (SELECT c.* FROM state, figure_children(state.a) c
), row_before AS MATERIALIZED (SELECT r.id, r.indicator, r.measure, r.quarter, r FROM state, figure_rows(state.b) r
), row_now AS MATERIALIZED (SELECT r.id, r.indicator, r.measure, r.quarter, r FROM state, figure_rows(state.a) r
), rejected AS MATERIALIZED (SELECT id::uuid FROM figure_names((SELECT b -> 'rejected' FROM state)) AS id
), once AS MATERIALIZED (SELECT name FROM figure_names((SELECT b -> 'names' FROM state)) AS name
), pair AS (
  SELECT id, indicator, measure, quarter, b.r AS b, n.r AS a,
         (b.r).id IS NOT NULL AND (b.r).left_out IS NULL AS counted,
         (n.r).id IS NOT NULL AND (n.r).left_out IS NULL AS counts
  FROM row_before b FULL JOIN row_now n USING (id, indicator, measure, quarter)
), changed AS MATERIALIZED (
  SELECT p.*, coalesce((p.a).left_out, (p.b).left_out) AS left_out,
         b.case_id IS NOT NULL AS was, n.case_id IS NOT NULL AS is_now, n.created,
         b.case_id IS NOT NULL AND n.case_id IS NOT NULL AND b.updated IS NOT DISTINCT FROM n.updated AS is_untouched,
         coalesce(b.services, '{}') AS services_before, coalesce(n.services, '{}') AS services_now,
         l.case_id IS NOT NULL AS is_taken_over, r.id IS NOT NULL AS was_rejected, o.name IS NOT NULL AS counted_once,
         eb.id IS NOT NULL AS is_anywhere_before, en.id IS NOT NULL AS is_anywhere_now
  FROM pair p
  LEFT JOIN child_before b ON b.id = p.id
  LEFT JOIN child_now n ON n.id = p.id
  LEFT JOIN child_before l ON l.id IS NULL AND l.case_id = n.case_id
  LEFT JOIN rejected r ON r.id = p.id
  LEFT JOIN indicator_definitions d ON d.code = p.indicator
  LEFT JOIN once o ON o.name = p.id || ' ' || d.name
  LEFT JOIN (SELECT DISTINCT id, indicator, measure FROM row_before) eb
    ON (eb.id, eb.indicator, eb.measure) = (p.id, p.indicator, p.measure)
  LEFT JOIN (SELECT DISTINCT id, indicator, measure FROM row_now) en
    ON (en.id, en.indicator, en.measure) = (p.id, p.indicator, p.measure)
  WHERE (p.counted OR p.counts) AND p.b IS DISTINCT FROM p.a
), judged AS MATERIALIZED (
  SELECT c.*, CASE
    WHEN c.counted AND c.counts THEN NULL -- each cut has its own reason
    WHEN NOT c.is_now THEN coalesce(because, (SELECT f.finding FROM sync_findings f
      WHERE f.sync_id = sync AND f.primero_id = c.id AND f.finding IN ('disabled', 'deleted')), 'case_id_taken')
    WHEN NOT c.was AND c.is_taken_over THEN 'taken_over'
    WHEN NOT c.was AND c.was_rejected THEN 'after_reject'
    WHEN NOT c.was AND c.counted_once THEN 'mended'
    WHEN NOT c.was AND c.created < since.began_at THEN 'came_back'
    WHEN NOT c.was THEN 'registered_late'
    WHEN c.is_untouched AND c.measure = 'registered' AND since.rules_differ THEN 'definition'
    WHEN c.is_untouched THEN 'mended'
    -- It counts in another quarter on the other side.
    WHEN c.measure = 'registered' AND CASE WHEN c.counted THEN (c.a).id IS NULL AND c.is_anywhere_now
                                           ELSE (c.b).id IS NULL AND c.is_anywhere_before END THEN 'date'
    WHEN c.measure = 'served' AND NOT figure_has_quarter(CASE WHEN c.counted THEN c.services_now ELSE c.services_before END, c.quarter)
      THEN CASE WHEN c.counted THEN figure_service_reason(c.services_before, c.services_now, c.quarter, false)
                ELSE figure_service_reason(c.services_now, c.services_before, c.quarter, true) END
    WHEN c.left_out IN ('consent', 'placement') THEN c.left_out
    WHEN c.counts AND (c.b).id IS NULL AND c.counted_once THEN 'came_back'
    ELSE 'age_or_type'
  END AS why
  FROM changed c CROSS JOIN since
), cell AS (
  SELECT id, indicator, measure, quarter, cut, period, key1, key2, sum(sign) AS sign
  FROM (
    SELECT j.id, j.indicator, j.measure, j.quarter, x.*, -1 AS sign FROM judged j CROSS JOIN LATERAL figure_cells(j.b) x
    UNION ALL
    SELECT j.id, j.indicator, j.measure, j.quarter, x.*, 1 FROM judged j CROSS JOIN LATERAL figure_cells(j.a) x
  ) all_of_them
  GROUP BY id, indicator, measure, quarter, cut, period, key1, key2
  HAVING sum(sign) <> 0
), reasoned AS (
  SELECT c.*, coalesce(j.why,
    CASE
      -- Whatever Primero did not touch was changed by a list, or by hand.
      WHEN j.is_untouched AND c.cut IN ('province', 'district') AND since.places_differ THEN 'label_or_place_list'
      WHEN j.is_untouched AND c.cut IN ('sex and age', 'disability', 'placement')
       AND figure_was_renamed(since.sync_id, c.cut, j.b, j.a) THEN 'label_or_place_list'
      WHEN j.is_untouched THEN 'mended'
      WHEN c.cut IN ('province', 'district') THEN 'place'
      WHEN c.cut = 'sex and age' AND (j.b).sex IS DISTINCT FROM (j.a).sex THEN 'sex'
      WHEN c.cut = 'sex and age' THEN 'age'
      ELSE c.cut
    END) AS reason
  FROM cell c JOIN judged j USING (id, indicator, measure, quarter) CROSS JOIN since
)
INSERT INTO figure_changes AS f
SELECT '', indicator, measure, cut, period, key1, key2, reason,
       count(*) FILTER (WHERE sign > 0), count(*) FILTER (WHERE sign < 0)
FROM reasoned
GROUP BY indicator, measure, cut, period, key1, key2, reason
ON CONFLICT (sync_id, indicator, measure, cut, period, key1, key2, reason)
DO UPDATE SET gained = f.gained + excluded.gained, lost = f.lost + excluded.lost
  $$;

REVOKE EXECUTE ON FUNCTION keep_figures(text), figures_before(uuid[], text[], text[]), figures_after(text, text) FROM PUBLIC;
