-- Looks how the children whom this batch may write, remove or take an id from are counted, before it does.
-- In:  $1 sync id, $2 children of the batch, $3 their case_ids, $4 unique_ids of their services
SELECT figures_before(
  $2::uuid[] || ARRAY(SELECT primero_id FROM sync_findings WHERE sync_id = $1 AND confirmed)
             || ARRAY(SELECT primero_id FROM services WHERE unique_id = ANY ($4::text[]) AND primero_id IS NOT NULL),
  $3::text[])
