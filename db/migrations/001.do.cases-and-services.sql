-- The two tables that the dashboard reads. Their first columns are the ONA team's contract; ours stand beside them.
-- On an existing ONA database this adds columns and indexes and changes nothing else.

CREATE TABLE IF NOT EXISTS cases (
  case_id                 text PRIMARY KEY,
  last_updated_date       timestamp,
  registration_date       date,
  case_source             text,
  disabled                text,
  type_of_case            text,
  sex                     text,
  age                     integer,
  protection_concerns     text,
  placement_type          text,
  consent_for_reporting   text,
  location_code           text,
  province_current        text,
  province_current_code   text,
  district_current        text,
  district_current_code   text,
  province_caregiver      text,
  province_caregiver_code text,
  district_caregiver      text,
  district_caregiver_code text
);

ALTER TABLE cases
  ADD COLUMN IF NOT EXISTS primero_id         uuid,
  ADD COLUMN IF NOT EXISTS primero_updated_at timestamptz,
  ADD COLUMN IF NOT EXISTS in_reintegration   boolean,
  ADD COLUMN IF NOT EXISTS in_under18         boolean,
  ADD COLUMN IF NOT EXISTS sync_id            text;

CREATE TABLE IF NOT EXISTS services (
  unique_id    text PRIMARY KEY,
  case_id      text,
  service_type text,
  service_date timestamp
);

-- An ONA database made by hand may lack the keys that an upsert needs; a primary key that is there is kept.
DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN SELECT * FROM (VALUES ('cases', 'case_id'), ('services', 'unique_id')) AS w (table_name, column_name) LOOP
    IF NOT EXISTS (
      SELECT 1
      FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = wanted.table_name::regclass
        AND i.indisunique AND i.indnkeyatts = 1 AND i.indpred IS NULL AND a.attname = wanted.column_name
    ) THEN
      EXECUTE format('CREATE UNIQUE INDEX %I ON %I (%I)',
                     wanted.table_name || '_' || wanted.column_name || '_key', wanted.table_name, wanted.column_name);
    END IF;
  END LOOP;
END $$;

CREATE UNIQUE INDEX IF NOT EXISTS cases_primero_id_key ON cases (primero_id);
CREATE INDEX IF NOT EXISTS cases_primero_updated_at ON cases (primero_updated_at);
CREATE INDEX IF NOT EXISTS services_case_id ON services (case_id);
