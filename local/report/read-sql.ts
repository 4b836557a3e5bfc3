import { DIMENSIONS, type IndicatorName } from './data.ts';

export const SELECT_FRESHNESS = `
SELECT indicator, complete_to AS "completeTo", is_complete AS "isComplete", last_sync_at AS "lastSyncAt",
       gaps::integer, first_gap_from AS "firstGapFrom", last_gap_to AS "lastGapTo",
       expected::float8 AS expected, held::float8 AS held,
       rejected_cases::integer AS "rejectedCases", rejected_services::integer AS "rejectedServices"
FROM data_freshness`;

export const SELECT_UNLABELLED = `
SELECT column_name AS "column", value, cases_4_8::integer AS "4.8", cases_4_11a::integer AS "4.11a"
FROM unlabelled_values ORDER BY column_name, value`;

const VIEWS: Record<IndicatorName, { view: string; all: string }> = {
  '4.8': { view: 'indicator_4_8', all: 'reintegration_cases' },
  '4.11a': { view: 'indicator_4_11a', all: 'children_with_service' },
};

/** Quarter and province of an indicator, for charts and table. */
export const selectCells = (indicator: IndicatorName): string => `
SELECT quarter, province_code AS value, province_en AS en, province_km AS km, children::integer
FROM ${VIEWS[indicator].view}_summary ORDER BY quarter_start, province_code`;

/** All divisions of an indicator in one pass over its view; ages in their order, the rest by size. */
export const selectParts = (indicator: IndicatorName): string => {
  const { view, all } = VIEWS[indicator];
  const rows = DIMENSIONS.map((name) => {
    const order = name === 'age_group' ? 'age_from' : '0';
    return `('${name}', ${name}, ${name}_en, ${name}_km, ${order})`;
  });
  return `
SELECT part.dimension, part.value, part.en, part.km,
       sum(v.children)::integer AS children, sum(v.${all})::integer AS "all"
FROM ${view} v
CROSS JOIN LATERAL (VALUES ${rows.join(', ')}) AS part (dimension, value, en, km, position)
GROUP BY part.dimension, part.value, part.en, part.km, part.position
ORDER BY part.dimension, part.position NULLS LAST, part.value IS NULL, sum(v.children) DESC, part.value`;
};

/** Types of service are never added up: a child may have several. */
export const SELECT_SERVICES = `
SELECT service_type AS value, service_type_en AS en, service_type_km AS km,
       sum(children)::integer AS children, sum(children)::integer AS "all"
FROM indicator_4_11a_services
GROUP BY service_type, service_type_en, service_type_km
ORDER BY service_type IS NULL, sum(children) DESC, service_type`;

export const SELECT_UNCOUNTED = `
SELECT nullif(p.placement_type, '') AS value, coalesce(l.label_en, p.placement_type) AS en, l.label_km AS km
FROM indicator_4_8_placements p
LEFT JOIN indicator_labels l ON l.column_name = 'placement_type' AND l.value = p.placement_type AND l.value <> ''
WHERE NOT p.counts ORDER BY p.placement_type`;

export const SELECT_COLUMNS = `
SELECT column_name AS "column", label_en AS en, label_km AS km FROM indicator_labels WHERE value = ''`;
