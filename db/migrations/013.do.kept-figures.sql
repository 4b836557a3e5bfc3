-- The figures of each complete census, which of them are published, and why figures have changed. See docs/data.md.
-- Counts only: no table below has a child.

-- The censuses whose figures are kept.
CREATE TABLE IF NOT EXISTS figure_sets (
  sync_id     text PRIMARY KEY,                    -- they stay though ONA is emptied and synced anew
  began_at    timestamptz NOT NULL,                -- when the census began
  kept_at     timestamptz NOT NULL DEFAULT now(),
  places      text        NOT NULL,                -- what the list of places was, as a hash
  definitions text        NOT NULL,                -- what the indicators' rules were, as a hash
  counted_by  text        NOT NULL                 -- the census that found these figures first: they are stored as its own
);

-- Never changed once they are there. Cuts and keys: 012.
CREATE TABLE IF NOT EXISTS figure_rows (
  sync_id   text   NOT NULL REFERENCES figure_sets ON DELETE CASCADE,
  indicator text   NOT NULL,
  measure   text   NOT NULL,
  cut       text   NOT NULL,
  period    text   NOT NULL,
  key1      text   NOT NULL,
  key2      text   NOT NULL,
  children  bigint NOT NULL,
  PRIMARY KEY (sync_id, indicator, measure, cut, period, key1, key2)
);

-- The figures of each census. A census that changed nothing stores none: then two censuses share the rows.
CREATE VIEW figures AS
SELECT s.sync_id, f.indicator, f.measure, f.cut, f.period, f.key1, f.key2, f.children
FROM figure_sets s JOIN figure_rows f ON f.sync_id = s.counted_by;

-- A person's act: the figures of a quarter as a census had them are published. Whose act it was has table audit.
CREATE TABLE IF NOT EXISTS publications (
  quarter      text        NOT NULL,
  sync_id      text        NOT NULL REFERENCES figure_sets ON DELETE CASCADE,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (quarter, sync_id)
);

-- Why a figure changed between two complete censuses: gained and lost children, by reason. What is not yet in a complete
-- census has no sync_id ('').
CREATE TABLE IF NOT EXISTS figure_changes (
  sync_id   text   NOT NULL,
  indicator text   NOT NULL,
  measure   text   NOT NULL,
  cut       text   NOT NULL,
  period    text   NOT NULL,
  key1      text   NOT NULL,
  key2      text   NOT NULL,
  reason    text   NOT NULL,
  gained    bigint NOT NULL,
  lost      bigint NOT NULL,
  PRIMARY KEY (sync_id, indicator, measure, cut, period, key1, key2, reason)
);

-- What the list of places and the definitions of the indicators are now, each as a hash.
CREATE VIEW figure_lists AS
SELECT (SELECT coalesce(md5(string_agg(concat_ws('|', code, district, province, province_code), ',' ORDER BY code)), '')
        FROM locations_lookup) AS places,
       md5(concat(
         (SELECT string_agg(concat_ws('|', name, definition -> 'rules', definition -> 'counts', measures), ',' ORDER BY name)
          FROM indicator_definitions),
         (SELECT string_agg(placement_type || counts, ',' ORDER BY placement_type) FROM indicator_4_8_placements)))
       AS definitions;

-- Why figures differ for which no reason was noted: a definition is another one now, or somebody wrote into ONA.
-- `since` is the census that they are compared with.
CREATE FUNCTION figure_reason_since(since text) RETURNS text
  LANGUAGE sql STABLE
  AS $$
    SELECT CASE WHEN s.definitions <> l.definitions THEN 'definition' ELSE 'changed_in_ona' END
    FROM figure_sets s, figure_lists l WHERE s.sync_id = since
  $$;

-- Keeps the figures as they are now as those of a census that completes. What is different from the census before, and no
-- write has noted a reason for, gets one here: so the reasons always add up to the difference. The first census that is
-- kept has none before it, and so no reasons. Figures are counted once: among a million cases that takes a minute.
CREATE FUNCTION keep_figures(census text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT SET jit = off SET work_mem = '64MB'
  AS $$
    WITH found AS MATERIALIZED (SELECT * FROM figures_now),
    earlier AS MATERIALIZED (SELECT counted_by FROM figure_sets ORDER BY kept_at DESC LIMIT 1),
    held AS MATERIALIZED (
      SELECT f.indicator, f.measure, f.cut, f.period, f.key1, f.key2, f.children
      FROM figure_rows f JOIN earlier e ON e.counted_by = f.sync_id
    ), same AS MATERIALIZED (
      SELECT counted_by FROM earlier
      WHERE NOT EXISTS (TABLE found EXCEPT TABLE held) AND NOT EXISTS (TABLE held EXCEPT TABLE found)
    ), kept AS (
      INSERT INTO figure_sets (sync_id, began_at, places, definitions, counted_by)
      SELECT s.sync_id, s.began_at, l.places, l.definitions, coalesce((SELECT counted_by FROM same), census)
      FROM syncs s, figure_lists l WHERE s.sync_id = census
    )
    INSERT INTO figure_rows SELECT census, f.* FROM found f WHERE NOT EXISTS (SELECT FROM same);
    INSERT INTO figure_changes
    SELECT '', indicator, measure, cut, period, key1, key2, figure_reason_since(before.sync_id),
           greatest(sum(children), 0), greatest(-sum(children), 0)
    FROM (SELECT sync_id FROM figure_sets WHERE sync_id <> census ORDER BY kept_at DESC LIMIT 1) before
    CROSS JOIN LATERAL (
      SELECT indicator, measure, cut, period, key1, key2, children FROM figures WHERE sync_id = census
      UNION ALL
      SELECT indicator, measure, cut, period, key1, key2, -children FROM figures WHERE sync_id = before.sync_id
      UNION ALL
      SELECT indicator, measure, cut, period, key1, key2, lost - gained FROM figure_changes WHERE sync_id = ''
    ) all_of_them
    WHERE cut <> 'left out'
    GROUP BY before.sync_id, indicator, measure, cut, period, key1, key2
    HAVING sum(children) <> 0;
    UPDATE figure_changes SET sync_id = census WHERE sync_id = '';
  $$;
