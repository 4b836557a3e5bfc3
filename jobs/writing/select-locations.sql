-- Districts and provinces, as ONA keeps them; as text, since a table made by hand may pad its codes with spaces.
SELECT code::text, district, province, province_code::text FROM locations_lookup
