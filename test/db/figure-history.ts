import { expect } from 'vitest';
import type { TestOna } from '../support/ona.ts';
import { addChildren, type Child } from './children.ts';
import { drawing, drawnChildren } from './drawn-children.ts';
import { keep, write } from './figure-writes.ts';
import { unexplained } from './unexplained.ts';

const CHANGES = [
  "UPDATE cases SET sex = 'Male' WHERE case_id = $1",
  "UPDATE cases SET sex = NULL, disabled = 'Other' WHERE case_id = $1",
  'UPDATE cases SET age = 16 WHERE case_id = $1',
  "UPDATE cases SET placement_type = 'kinship care', consent_for_reporting = 'true' WHERE case_id = $1",
  'UPDATE cases SET placement_type = NULL WHERE case_id = $1',
  "UPDATE cases SET consent_for_reporting = 'false' WHERE case_id = $1",
  "UPDATE cases SET registration_date = '2025-08-01' WHERE case_id = $1",
  'UPDATE cases SET registration_date = NULL WHERE case_id = $1',
  "UPDATE cases SET province_current_code = '1', district_current_code = '102' WHERE case_id = $1",
  "UPDATE case_indicators SET until = '2026-02-01' FROM cases c WHERE c.primero_id = case_indicators.primero_id AND c.case_id = $1",
  'UPDATE case_indicators SET until = NULL FROM cases c WHERE c.primero_id = case_indicators.primero_id AND c.case_id = $1',
  "INSERT INTO services (unique_id, primero_id, service_date) SELECT case_id || now()::text, primero_id, '2026-04-01' FROM cases WHERE case_id = $1",
  "UPDATE services SET service_date = '2026-09-09' FROM cases c WHERE c.primero_id = services.primero_id AND c.case_id = $1",
  'DELETE FROM services USING cases c WHERE c.primero_id = services.primero_id AND c.case_id = $1',
  'DELETE FROM cases WHERE case_id = $1',
] as const;

/** How each figure differs between two censuses, less what the reasons of the later one add up to. None is left. */
const DIFFERENCE = `
SELECT indicator, measure, cut, period, key1, key2, sum(n) AS too_many FROM (
  SELECT indicator, measure, cut, period, key1, key2, children AS n FROM figures WHERE sync_id = $2
  UNION ALL SELECT indicator, measure, cut, period, key1, key2, -children FROM figures WHERE sync_id = $1
  UNION ALL SELECT indicator, measure, cut, period, key1, key2, lost - gained FROM figure_changes WHERE sync_id = $2
) f WHERE cut <> 'left out'
GROUP BY indicator, measure, cut, period, key1, key2 HAVING sum(n) <> 0`;

/**
 * Plays a history: syncs and commands write, people change ONA by hand, censuses complete. Whatever we write is explained
 * at once and to the last child; between two censuses the reasons add up to the difference.
 * @param handsToo whether somebody else changes rows, too
 * @returns the reasons that came up
 */
const playHistory = async (ona: TestOna, seed: number, handsToo: boolean): Promise<string[]> => {
  const below = drawing(((seed + 1) * 2_654_435_761) % 2 ** 32);
  const pool = drawnChildren(12, seed);
  let added = 4;
  await addChildren(ona, pool.slice(0, added));
  await keep(ona, 'census-0', '2026-01-01');
  let census = 0;
  for (let step = 0; step < 14; step += 1) {
    const child = pool[below(pool.length)] as Required<Child>;
    const sql = CHANGES[below(CHANGES.length)]!;
    const byHand = handsToo && below(4) === 0;
    const isSaved = below(3) > 0;
    const change = async () => {
      if (below(3) === 0 && added < pool.length) {
        await addChildren(ona, [pool[added]!]);
        added += 1;
      } else await ona.query(sql, [child.name]);
      if (isSaved)
        await ona.query('UPDATE cases SET primero_updated_at = now() WHERE case_id = $1', [
          child.name,
        ]);
    };
    const before = await unexplained(ona);
    if (byHand) await change();
    else {
      await write(ona, [child.name, pool[added]?.name ?? ''], change);
      expect(await unexplained(ona), `history ${seed}, step ${step}: ${sql}`).toEqual(before);
    }
    if (below(4) > 0) continue;
    census += 1;
    await keep(ona, `census-${census}`, `2028-${String(1 + census).padStart(2, '0')}-01`);
    const { rows } = await ona.query(DIFFERENCE, [`census-${census - 1}`, `census-${census}`]);
    expect(rows, `history ${seed}, census ${census}`).toEqual([]);
  }
  const { rows } = await ona.query<{ reason: string }>(
    "SELECT DISTINCT reason FROM figure_changes WHERE sync_id <> 'census-0'",
  );
  const reasons = rows.map(({ reason }) => reason);
  if (!handsToo) expect(reasons, `history ${seed}`).not.toContain('changed_in_ona');
  return reasons;
};

/** Plays some histories, every other one with changes by hand. Gives the reasons that came up. */
export const playHistories = async (
  ona: TestOna,
  { from, count }: { from: number; count: number },
): Promise<Set<string>> => {
  const all = new Set<string>();
  for (let seed = from; seed < from + count; seed += 1) {
    await ona.reset();
    for (const reason of await playHistory(ona, seed, seed % 2 === 1)) all.add(reason);
  }
  return all;
};
