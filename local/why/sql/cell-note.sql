-- Notes that cases were listed.
-- In:  $1 an indicator, $2 a quarter, $3 a province or null for all, $4 how many cases
SELECT note_act('listed', jsonb_build_object('indicator', $1::text, 'quarter', $2::text, 'province', $3::text, 'cases', $4::integer))
