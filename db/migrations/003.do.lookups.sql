-- What ONA keeps beside the cases: districts with their provinces, and the labels of columns and options.

CREATE TABLE IF NOT EXISTS locations_lookup (
  code          text PRIMARY KEY,
  district      text,
  province      text,
  province_code text
);
ALTER TABLE locations_lookup
  ADD COLUMN IF NOT EXISTS district_km text,
  ADD COLUMN IF NOT EXISTS province_km text;

-- One label: of a column (value is '') or of an option value of that column.
CREATE TABLE IF NOT EXISTS data_dictionary (
  column_name text NOT NULL,
  value       text NOT NULL DEFAULT '',
  label_en    text,
  label_km    text,
  PRIMARY KEY (column_name, value)
);
