import type { TestOna } from '../support/ona.ts';

/** What is different from the newest figures that are kept, and no reason was noted for. */
export const unexplained = async (ona: TestOna): Promise<unknown[]> =>
  (
    await ona.query(`
      SELECT indicator, measure, cut, period, key1, key2, sum(children) AS unexplained
      FROM (
        SELECT indicator, measure, cut, period, key1, key2, children FROM figures_now
        UNION ALL
        SELECT indicator, measure, cut, period, key1, key2, -children FROM figures
        WHERE sync_id = (SELECT sync_id FROM figure_sets ORDER BY kept_at DESC LIMIT 1)
        UNION ALL
        SELECT indicator, measure, cut, period, key1, key2, lost - gained FROM figure_changes WHERE sync_id = ''
      ) all_of_them
      WHERE cut <> 'left out'
      GROUP BY indicator, measure, cut, period, key1, key2
      HAVING sum(children) <> 0`)
  ).rows;
