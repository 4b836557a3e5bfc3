-- In: nothing. Out: children of 4.11a by type of service. Types are never added up: a child may have several.
SELECT service_type AS value, service_type_en AS en, service_type_km AS km,
       sum(children)::integer AS children, sum(children)::integer AS "all"
FROM indicator_4_11a_services
GROUP BY service_type, service_type_en, service_type_km
ORDER BY service_type IS NULL, sum(children) DESC, service_type;
