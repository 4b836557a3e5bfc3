import type { TestOna } from '../support/ona.ts';
import { idOf } from './children.ts';
import { addSync } from './syncs.ts';

/** Notes a complete census that asked about all children who count for nothing, and keeps its figures. */
export const keep = async (ona: TestOna, id: string, began: string): Promise<void> => {
  await addSync(ona, { id, began, state: 'complete' });
  await ona.query(
    `INSERT INTO sync_findings (sync_id, primero_id, part, finding)
     SELECT $1, i.primero_id, 1, 'left' FROM case_indicators i GROUP BY i.primero_id HAVING bool_and(i.until IS NOT NULL)`,
    [id],
  );
  await ona.query('SELECT keep_figures($1) FROM remove_expired($1)', [id]);
};

/** Writes as a sync or a command does: it looks before, and notes after. */
export const write = async (
  ona: TestOna,
  names: readonly string[],
  change: () => Promise<unknown>,
  { sync = 'q4', because = null }: { sync?: string; because?: string | null } = {},
): Promise<void> => {
  await ona.query('BEGIN');
  await ona.query("SELECT figures_before($1, $2, '{}')", [names.map(idOf), names]);
  await change();
  await ona.query('SELECT figures_after($1, $2)', [sync, because]);
  await ona.query('COMMIT');
};

/** Children gained less those lost, by reason, of a cut: what differs from 0. */
export const reasons = async (
  ona: TestOna,
  { cut = 'quarter', indicator = '4.8', measure = 'registered', sync = '' } = {},
): Promise<string[]> => {
  const { rows } = await ona.query<{ text: string }>(
    `SELECT concat_ws(' ', period, nullif(key1, ''), nullif(key2, ''), reason,
                      CASE WHEN gained > 0 THEN '+' || gained END, CASE WHEN lost > 0 THEN '-' || lost END) AS text
     FROM figure_changes WHERE cut = $1 AND indicator = $2 AND measure = $3 AND sync_id = $4
     ORDER BY 1`,
    [cut, indicator, measure, sync],
  );
  return rows.map(({ text }) => text);
};
