-- In: nothing. Out: the labels of columns.
SELECT column_name AS "column", label_en AS en, label_km AS km
FROM indicator_labels
WHERE value = '';
