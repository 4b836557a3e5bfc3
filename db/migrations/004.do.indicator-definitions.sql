-- What the indicators are, as config/indicators.json says: `migrate` keeps the rows so. Everything that counts reads the
-- code and the rules of counting here.
CREATE TABLE IF NOT EXISTS indicator_definitions (
  name       text    PRIMARY KEY, -- as in case_indicators.indicator
  code       text    NOT NULL,    -- as in donor reports, such as 4.8
  position   integer NOT NULL,    -- its place in the file
  title_en   text    NOT NULL,
  title_km   text,
  definition jsonb   NOT NULL,    -- its whole entry in the file
  -- registered: in the quarter. served: with a service in the quarter
  measures      jsonb   GENERATED ALWAYS AS (definition -> 'measures') STORED,
  -- a second name that a child must count for, such as under18; null where there is none
  also          text    GENERATED ALWAYS AS (definition -> 'counts' ->> 'also') STORED,
  -- whether only children with consent for reporting count
  needs_consent boolean GENERATED ALWAYS AS ((definition -> 'counts' ->> 'consent')::boolean) STORED,
  -- whether indicator_4_8_placements says who counts
  by_placement  boolean GENERATED ALWAYS AS (definition -> 'counts' -> 'placements_left_out' IS NOT NULL) STORED
);
