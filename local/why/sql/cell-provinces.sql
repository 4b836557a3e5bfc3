-- In:  nothing. Out: the provinces by code, with their names in English and Khmer. Every role may read it.
SELECT province_code AS code, province_en AS en, province_km AS km FROM indicator_provinces ORDER BY province_en, province_code
