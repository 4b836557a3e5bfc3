-- In: nothing. Out: values in use that have no label, with the cases of each indicator that have them.
SELECT column_name AS "column", value, cases_4_8::integer AS "4.8", cases_4_11a::integer AS "4.11a"
FROM unlabelled_values
ORDER BY column_name, value;
