-- In: nothing. Out: what each indicator counts, in the order of the page.
SELECT code, name, measures, also, needs_consent AS "needsConsent", by_placement AS "byPlacement",
       title_en AS "titleEn", title_km AS "titleKm"
FROM indicator_definitions
ORDER BY position;
