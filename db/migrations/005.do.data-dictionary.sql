-- Labels in English and Khmer: of a column (value is '') or of a value of that column.
-- On an existing ONA database this adds the columns and labels that are missing, and changes nothing else.

CREATE TABLE IF NOT EXISTS data_dictionary (
  column_name text NOT NULL,
  value       text NOT NULL DEFAULT '',
  PRIMARY KEY (column_name, value)
);
-- `source` says whose a label is: 'primero' came from Primero's forms and lookups, 'sync' is ours; all others are
-- the ONA team's own. `code` is Primero's name of the field or option that a label came from.
ALTER TABLE data_dictionary
  ADD COLUMN IF NOT EXISTS column_name text,
  ADD COLUMN IF NOT EXISTS value       text NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS label_en    text,
  ADD COLUMN IF NOT EXISTS label_km    text,
  ADD COLUMN IF NOT EXISTS code        text,
  ADD COLUMN IF NOT EXISTS source      text;

-- Age groups are made by the views, so Primero has no labels for them.
INSERT INTO data_dictionary (column_name, value, label_en, label_km, source)
SELECT 'age_group', l.*, 'sync'
FROM (VALUES
  ('',        'Age group',         'ក្រុមអាយុ'),
  ('0–4',     '0–4 years',         '0–4 ឆ្នាំ'),
  ('5–9',     '5–9 years',         '5–9 ឆ្នាំ'),
  ('10–14',   '10–14 years',       '10–14 ឆ្នាំ'),
  ('15–17',   '15–17 years',       '15–17 ឆ្នាំ'),
  ('18+',     '18 years or older', '18 ឆ្នាំឡើងទៅ'),
  ('unknown', 'Unknown',           'មិនស្គាល់')
) AS l (value, label_en, label_km)
WHERE NOT EXISTS (SELECT FROM data_dictionary d WHERE d.column_name = 'age_group' AND d.value = l.value);
