-- Districts with their provinces, in English and Khmer. ONA keeps them; the sync only reads them.
-- On an existing ONA database this adds the columns that are missing, and changes nothing else.

CREATE TABLE IF NOT EXISTS locations_lookup (
  code text PRIMARY KEY -- of the district
);
ALTER TABLE locations_lookup
  ADD COLUMN IF NOT EXISTS district      text,
  ADD COLUMN IF NOT EXISTS province      text,
  ADD COLUMN IF NOT EXISTS province_code text,
  ADD COLUMN IF NOT EXISTS district_km   text, -- ours, as the next one
  ADD COLUMN IF NOT EXISTS province_km   text;
