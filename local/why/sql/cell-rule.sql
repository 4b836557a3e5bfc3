-- In:  nothing. Out: what each indicator counts, and the placements that do not count ('' is none recorded). Every role may
--      read it.
SELECT code, name, measures, also, coalesce(needs_consent, false) AS "needsConsent", by_placement AS "byPlacement",
       title_en AS "titleEn", title_km AS "titleKm",
       ARRAY(SELECT placement_type FROM indicator_4_8_placements WHERE NOT counts ORDER BY placement_type) AS uncounted
FROM indicator_definitions
ORDER BY position
