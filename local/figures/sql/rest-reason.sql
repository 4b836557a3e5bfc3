-- Out: why the figures of now differ where no reason was noted: `definition` or `changed_in_ona`
SELECT figure_reason_since(sync_id) AS reason FROM figure_sets ORDER BY kept_at DESC LIMIT 1
