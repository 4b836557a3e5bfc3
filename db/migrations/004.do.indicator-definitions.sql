-- What the indicators are, as config/indicators.json says: `migrate` keeps the rows so. Everything that counts reads the
-- code and the rules of counting here.
CREATE TABLE IF NOT EXISTS indicator_definitions (
  name       text    PRIMARY KEY, -- as in case_indicators.indicator
  code       text    NOT NULL,    -- as in donor reports, such as 4.8
  position   integer NOT NULL,    -- its place in the file
  title_en   text    NOT NULL,
  title_km   text,
  definition jsonb   NOT NULL     -- its whole entry in the file
);
