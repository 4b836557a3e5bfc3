-- Writes the children of a batch: new ones are inserted, changed ones are updated, and the others are not touched.
-- A child that counts for nothing is updated if ONA holds it. It is inserted only if it once counted, because then somebody deleted its row. A child that a person erased is not written. What this same sync has written is not
-- overwritten by what Primero said earlier.
-- In:  $1 sync id, $2 when it began, $3 and $4 who counts for what (primero_id, indicator), $5 rejects: of those that ONA
--           holds, only this is noted; from $6 on the children, one list for each column: id, times, then the columns of mapping/columns.ts
-- Out: primero_id and outcome of each: new, changed, unchanged, older, nothing. How the written ones were counted is
--           read, too.
WITH incoming AS MATERIALIZED (
  SELECT * FROM unnest(
    $6::uuid[], $7::timestamptz[], $8::timestamptz[], $9::text[], $10::date[], $11::text[], $12::text[], $13::text[],
    $14::text[], $15::integer[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[],
    $23::text[], $24::text[], $25::text[], $26::text[], $27::text[]
  ) AS i (
    primero_id, primero_created_at, primero_updated_at, case_id, registration_date, case_source, disabled, type_of_case,
    sex, age, protection_concerns, placement_type, consent_for_reporting, location_code, province_current,
    province_current_code, district_current, district_current_code, province_caregiver, province_caregiver_code,
    district_caregiver, district_caregiver_code
  )
), held AS MATERIALIZED (
  SELECT
    primero_id, primero_created_at, primero_updated_at, case_id, registration_date, case_source, disabled, type_of_case,
    sex, age, protection_concerns, placement_type, consent_for_reporting, location_code, province_current,
    province_current_code, district_current, district_current_code, province_caregiver, province_caregiver_code,
    district_caregiver, district_caregiver_code
  FROM cases WHERE primero_id = ANY ($6::uuid[])
), differing AS MATERIALIZED (SELECT * FROM incoming EXCEPT SELECT * FROM held),
erased_children AS MATERIALIZED (SELECT erased_of($6::uuid[] || $5::uuid[]) AS primero_id),
held_indicators AS MATERIALIZED (
  SELECT * FROM case_indicators WHERE primero_id = ANY ($6::uuid[] || $5::uuid[])
), judged AS MATERIALIZED (
  SELECT i.primero_id, CASE
    WHEN c.primero_id IS NULL THEN CASE
      WHEN i.primero_id IN (SELECT unnest($3::uuid[]) UNION ALL SELECT primero_id FROM held_indicators) AND i.primero_id NOT IN (TABLE erased_children) THEN 'new' ELSE 'nothing' END
    WHEN c.sync_id = $1 AND i.primero_updated_at < c.primero_updated_at THEN 'older'
    WHEN i.primero_id NOT IN (SELECT primero_id FROM differing) THEN 'unchanged'
    ELSE 'changed'
  END AS outcome
  FROM incoming i
  -- ANY of an array makes each look-up use the key. Otherwise PostgreSQL would join the batch with all of ONA.
  LEFT JOIN cases c ON c.primero_id = i.primero_id AND c.primero_id = ANY ($6::uuid[])
), inserted AS (
  INSERT INTO cases (
    sync_id, last_updated_date, primero_id, primero_created_at, primero_updated_at, case_id, registration_date, case_source,
    disabled, type_of_case, sex, age, protection_concerns, placement_type, consent_for_reporting, location_code,
    province_current, province_current_code, district_current, district_current_code, province_caregiver,
    province_caregiver_code, district_caregiver, district_caregiver_code)
  SELECT $1, now(), d.* FROM differing d JOIN judged j USING (primero_id) WHERE j.outcome = 'new'
), updated AS (
  UPDATE cases c SET (
    sync_id, last_updated_date, primero_id, primero_created_at, primero_updated_at, case_id, registration_date, case_source,
    disabled, type_of_case, sex, age, protection_concerns, placement_type, consent_for_reporting, location_code,
    province_current, province_current_code, district_current, district_current_code, province_caregiver,
    province_caregiver_code, district_caregiver, district_caregiver_code
  ) = (SELECT $1, now(), d.*)
  FROM differing d
  WHERE c.primero_id = d.primero_id AND c.primero_id = ANY (ARRAY(SELECT primero_id FROM judged WHERE outcome = 'changed'))
), indicators AS MATERIALIZED (
  SELECT primero_id, indicator, k.primero_id IS NOT NULL AS counts, h.primero_id IS NOT NULL AS is_held, h.until
  FROM unnest($3::uuid[], $4::text[]) AS k (primero_id, indicator)
  FULL JOIN held_indicators h USING (primero_id, indicator)
  WHERE primero_id IN (SELECT primero_id FROM judged WHERE outcome <> 'older'
                       UNION SELECT c.primero_id FROM cases c WHERE c.primero_id = ANY ($5::uuid[])
                       UNION SELECT h.primero_id FROM held_indicators h WHERE h.primero_id = ANY ($5::uuid[]))
), began_counting AS (
  INSERT INTO case_indicators (primero_id, indicator, since)
  SELECT primero_id, indicator, $2::timestamptz FROM indicators WHERE counts AND NOT is_held AND primero_id NOT IN (TABLE erased_children)
), began_or_stopped AS (
  UPDATE case_indicators k SET until = CASE WHEN i.counts THEN NULL ELSE $2::timestamptz END
  FROM indicators i
  WHERE i.is_held AND i.counts = (i.until IS NOT NULL)
    AND k.primero_id = i.primero_id AND k.indicator = i.indicator
    AND k.primero_id = ANY (ARRAY(SELECT primero_id FROM indicators WHERE is_held AND counts = (until IS NOT NULL)))
)
-- This is a condition and not a column, so that it is evaluated even if all children of the batch are rejects.
SELECT primero_id, outcome FROM judged WHERE coalesce((SELECT figures_before(ARRAY(SELECT primero_id FROM judged WHERE outcome IN ('new', 'changed')
  UNION SELECT primero_id FROM indicators WHERE counts = (NOT is_held OR until IS NOT NULL)), '{}', '{}')::text), '') IS NOT NULL
