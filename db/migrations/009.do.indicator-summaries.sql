-- What may be published: children by quarter and province. Each count is rounded to the nearest 5 by itself; from 1 to 4
-- it is shown as <5. No sum is among them, so no count can be worked out from the others. The barrier keeps a function of the
-- reader's own from being called for each child before they are counted.

CREATE VIEW indicator_summary WITH (security_barrier) AS
WITH counted AS (
  SELECT indicator, measure, quarter_start, province_current_code, max(province_current) AS province_current,
         count(*) FILTER (WHERE left_out IS NULL) AS children
  FROM indicator_children
  GROUP BY indicator, measure, quarter_start, province_current_code
)
SELECT c.indicator, c.measure, indicator_quarter(c.quarter_start) AS quarter, c.quarter_start,
       c.province_current_code AS province_code,
       coalesce(p.province_en, c.province_current) AS province_en, p.province_km,
       indicator_rounded(c.children) AS children,
       coalesce(indicator_rounded(c.children)::text, '<5') AS children_shown
FROM counted c
LEFT JOIN indicator_provinces p ON p.province_code = c.province_current_code
WHERE c.children > 0;

CREATE VIEW indicator_4_8_summary WITH (security_barrier) AS
SELECT quarter, quarter_start, province_code, province_en, province_km, children, children_shown
FROM indicator_summary WHERE indicator = '4.8' AND measure = 'registered';

CREATE VIEW indicator_4_11a_summary WITH (security_barrier) AS
SELECT quarter, quarter_start, province_code, province_en, province_km, children, children_shown
FROM indicator_summary WHERE indicator = '4.11a' AND measure = 'registered';

-- By quarters in which they had a service. A child is in each of its quarters: never add them up.
CREATE VIEW indicator_4_11a_served_summary WITH (security_barrier) AS
SELECT quarter, quarter_start, province_code, province_en, province_km, children, children_shown
FROM indicator_summary WHERE indicator = '4.11a' AND measure = 'served';
