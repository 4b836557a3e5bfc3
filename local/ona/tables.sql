-- In: nothing. Out: each table of the migrations, and whether ONA has it.
SELECT name, to_regclass(name) IS NOT NULL AS there
FROM unnest(ARRAY['cases', 'services', 'case_indicators', 'locations_lookup', 'data_dictionary', 'syncs',
                  'sync_batches', 'sync_windows', 'sync_findings', 'sync_rejects']) AS name;
