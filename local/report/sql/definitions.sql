-- In: nothing. Out: what each indicator counts.
SELECT code, name, measures, also, coalesce(needs_consent, false) AS "needsConsent",
       by_placement AS "byPlacement",
       title_en AS "titleEn", title_km AS "titleKm"
FROM indicator_definitions;
