-- Out: one row. `reason`: why figures differ from the newest that are kept, where no reason was noted: `definition` or
--      `changed_in_ona`
SELECT coalesce((SELECT figure_reason_since(sync_id) FROM figure_sets ORDER BY kept_at DESC LIMIT 1), 'changed_in_ona') AS reason
