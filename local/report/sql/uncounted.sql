-- In: nothing. Out: placements that do not count for 4.8, with their labels; a null value is none recorded.
SELECT nullif(p.placement_type, '') AS value, coalesce(l.label_en, nullif(p.placement_type, '')) AS en, l.label_km AS km
FROM indicator_4_8_placements p
LEFT JOIN indicator_labels l
  ON l.column_name = 'placement_type' AND l.value = p.placement_type AND l.value <> ''
WHERE NOT p.counts
ORDER BY p.placement_type;
