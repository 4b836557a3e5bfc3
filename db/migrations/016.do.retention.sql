-- How long a child stays in ONA that counts for no indicator any more, and how it goes. See docs/privacy.md.

-- As config/retention.json says: `migrate` keeps the one row so.
CREATE TABLE IF NOT EXISTS retention (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  months  integer NOT NULL -- since it stopped counting
);

-- Removes the children whose time is over when a census completes, and notes why figures have changed. Only children whom this
-- census asked about are looked at: whoever counts was brought by a window. A child that is not known ever to have counted
-- has had its time since its row was last written. Gives their number.
CREATE FUNCTION remove_expired(census text) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET jit = off
  AS $$
  DECLARE
    going uuid[];
    rows_gone integer;
  BEGIN
    SELECT array_agg(f.primero_id) INTO going
    FROM syncs s CROSS JOIN retention r JOIN sync_findings f USING (sync_id)
    WHERE s.sync_id = census
      AND coalesce((SELECT max(coalesce(i.until, 'infinity')) FROM case_indicators i WHERE i.primero_id = f.primero_id),
                   (SELECT c.last_updated_date::timestamp AT TIME ZONE 'UTC' FROM cases c WHERE c.primero_id = f.primero_id))
          < s.began_at - make_interval(months => r.months);
    IF going IS NULL THEN
      RETURN 0;
    END IF;
    -- Each is lost to every cell that it is in. There may be tens of thousands: they are counted in one go.
    INSERT INTO figure_changes
    SELECT '', i.indicator, i.measure, x.cut, x.period, x.key1, x.key2, 'retention', 0, count(*)
    FROM unnest(going) AS g (id) JOIN indicator_children i ON i.primero_id = g.id
    CROSS JOIN LATERAL indicator_cells(i.quarter_start, i.province_current_code, i.district_current_code, i.sex, i.age_from,
                                       i.disabled, i.placement_type) x
    WHERE i.measure <> 'by service' AND i.left_out IS NULL AND EXISTS (SELECT FROM figure_sets)
    GROUP BY i.indicator, i.measure, x.cut, x.period, x.key1, x.key2;
    DELETE FROM services WHERE primero_id = ANY (going);
    DELETE FROM case_indicators WHERE primero_id = ANY (going);
    DELETE FROM sync_rejects WHERE primero_id = ANY (going) AND sync_id = census;
    DELETE FROM cases WHERE primero_id = ANY (going);
    GET DIAGNOSTICS rows_gone = ROW_COUNT;
    UPDATE syncs SET expired = rows_gone, held_after = held_after - rows_gone WHERE sync_id = census;
    RETURN rows_gone;
  END
  $$;

REVOKE EXECUTE ON FUNCTION remove_expired(text) FROM PUBLIC;
