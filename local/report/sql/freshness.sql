-- In: nothing. Out: how far each indicator can be trusted; one row for each.
SELECT indicator,
       is_complete              AS "isComplete",
       complete_began_at        AS "completeBeganAt",
       complete_but_for         AS "completeButFor",
       changes_to               AS "changesTo",
       under_way_began_at       AS "underWayBeganAt",
       under_way_last_batch_at  AS "underWayLastBatchAt",
       incomplete_began_at      AS "incompleteBeganAt",
       incomplete_because       AS "incompleteBecause",
       rejected_cases::integer    AS "rejectedCases",
       rejected_services::integer AS "rejectedServices",
       unseen::integer            AS unseen
FROM data_freshness;
