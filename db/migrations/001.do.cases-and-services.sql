-- The two tables that the dashboard reads. Their first columns are the ONA team's contract; ours stand beside them.
-- On an existing ONA database this adds columns and indexes, and changes nothing else.

CREATE TABLE IF NOT EXISTS cases (
  case_id text PRIMARY KEY
);
ALTER TABLE cases
  ADD COLUMN IF NOT EXISTS last_updated_date       timestamp, -- when the sync wrote the row
  ADD COLUMN IF NOT EXISTS registration_date       date,
  ADD COLUMN IF NOT EXISTS case_source             text,
  ADD COLUMN IF NOT EXISTS disabled                text,
  ADD COLUMN IF NOT EXISTS type_of_case            text,
  ADD COLUMN IF NOT EXISTS sex                     text,
  ADD COLUMN IF NOT EXISTS age                     integer,
  ADD COLUMN IF NOT EXISTS protection_concerns     text,
  ADD COLUMN IF NOT EXISTS placement_type          text,
  ADD COLUMN IF NOT EXISTS consent_for_reporting   text,
  ADD COLUMN IF NOT EXISTS location_code           text,
  ADD COLUMN IF NOT EXISTS province_current        text,
  ADD COLUMN IF NOT EXISTS province_current_code   text,
  ADD COLUMN IF NOT EXISTS district_current        text,
  ADD COLUMN IF NOT EXISTS district_current_code   text,
  ADD COLUMN IF NOT EXISTS province_caregiver      text,
  ADD COLUMN IF NOT EXISTS province_caregiver_code text,
  ADD COLUMN IF NOT EXISTS district_caregiver      text,
  ADD COLUMN IF NOT EXISTS district_caregiver_code text,
  -- Ours. A row without primero_id was left by an earlier integration, and no record has taken it over.
  ADD COLUMN IF NOT EXISTS primero_id              uuid,
  ADD COLUMN IF NOT EXISTS primero_created_at      timestamptz,
  ADD COLUMN IF NOT EXISTS primero_updated_at      timestamptz,
  ADD COLUMN IF NOT EXISTS sync_id                 text; -- the sync that last changed the row

CREATE TABLE IF NOT EXISTS services (
  unique_id text PRIMARY KEY
);
ALTER TABLE services
  ADD COLUMN IF NOT EXISTS case_id      text,
  ADD COLUMN IF NOT EXISTS service_type text,
  ADD COLUMN IF NOT EXISTS service_date timestamp,
  ADD COLUMN IF NOT EXISTS primero_id   uuid; -- ours: whose service it is

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
CREATE INDEX IF NOT EXISTS cases_primero_created_at ON cases (primero_created_at);
CREATE INDEX IF NOT EXISTS services_of_nobody ON services (case_id) WHERE primero_id IS NULL;
CREATE INDEX IF NOT EXISTS services_primero_id ON services (primero_id);

-- For which indicators a child counts. A child counts in a past quarter if it counted then.
CREATE TABLE IF NOT EXISTS case_indicators (
  primero_id uuid        NOT NULL,
  indicator  text        NOT NULL,
  since      timestamptz NOT NULL, -- start of the sync that first found it counting
  until      timestamptz,          -- start of the sync that found that it no longer counts
  PRIMARY KEY (primero_id, indicator)
);
