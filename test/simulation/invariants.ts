import { countsFor, type Said } from './says.ts';
import type { NotedSync, Snapshot } from './snapshot.ts';

/** A promise that was broken. */
export class Broken extends Error {}

export const broken = (what: string): never => {
  throw new Broken(what);
};

/** What is known of the answers in one sync, by child. */
type SaidBySync = (syncId: string, id: string) => readonly Said[];

/** Whether the last two answers about a child said that it is gone, to two questions. */
const isTwiceGone = (said: readonly Said[]): boolean => {
  const about = said.filter(({ by }) => by === 'id');
  return said.at(-1)?.what === 'gone' && about.filter(({ what }) => what === 'gone').length >= 2;
};

/** Whether Primero's last answer in a sync that is under way said that a child counts for nothing. */
const hasLeft = (id: string, { syncs }: Snapshot, saidOf: SaidBySync): boolean =>
  syncs.some(({ sync_id }) => {
    const record = saidOf(sync_id, id).at(-1)?.record;
    return record && countsFor(record).length === 0;
  });

/**
 * Between two commits nobody may go, but whom Primero has twice said to be gone, in the commit that completes a census;
 * and who counts for nothing and loses its case_id to another child.
 */
export const checkGone = (before: Snapshot, after: Snapshot, saidOf: SaidBySync): void => {
  const held = new Set(after.cases.map(({ id }) => id));
  const owners = new Map(after.cases.map((each) => [each.case_id, each.id]));
  const completed = after.syncs.filter(({ sync_id, kind, state }) => {
    const was = before.syncs.find((sync) => sync.sync_id === sync_id)?.state;
    return kind === 'census' && state === 'complete' && was === 'under way';
  });
  for (const { id, case_id, counts } of before.cases) {
    const owner = owners.get(case_id);
    if (id === null) {
      if (owner === undefined) broken(`A row of an earlier integration is gone: ${case_id}`);
      continue;
    }
    if (held.has(id)) continue;
    if (owner && owner !== id && (!counts || hasLeft(id, after, saidOf))) continue;
    const sync = completed[0];
    if (!sync) broken(`Child ${id} left ONA, and no census was completed`);
    const said = saidOf(sync!.sync_id, id);
    if (!isTwiceGone(said))
      broken(`Child ${id} left ONA, and Primero said of it: ${said.map(({ what }) => what)}`);
  }
};

/** read − inSeveral = new + changed + unchanged + rejected, in each batch. */
export const checkBatches = (before: Snapshot, after: Snapshot): void => {
  const known = new Set(
    before.batches.map(({ sync_id, part, batch }) => `${sync_id} ${part} ${batch}`),
  );
  for (const { sync_id, part, batch, summary } of after.batches) {
    if (known.has(`${sync_id} ${part} ${batch}`)) continue;
    const { all } = summary;
    if (all.read - all.inSeveral !== all.new + all.changed + all.unchanged + all.rejected)
      broken(`The numbers of batch ${batch} do not add up: ${JSON.stringify(all)}`);
  }
};

/** held before + new + returned − removed − expired = held after, in a sync that is complete. */
export const checkHeld = (
  { sync_id, held_before, held_after, expired }: NotedSync,
  { batches, cases }: Snapshot,
): void => {
  const own = batches.filter((batch) => batch.sync_id === sync_id).map(({ summary }) => summary);
  const added = own.reduce((sum, { all, returned }) => sum + all.new + returned, 0);
  const removed = own.reduce((sum, summary) => sum + summary.removed, 0);
  if (held_after !== cases.length || held_before + added - removed - expired !== held_after)
    broken(
      `${held_before} held before + ${added} new - ${removed} removed - ${expired} expired is not ${held_after} (${cases.length})`,
    );
};

/** One sync at a time owns ONA. */
export const checkSyncs = ({ syncs }: Snapshot): void => {
  const under = syncs.filter(({ state }) => state === 'under way');
  if (under.length > 1) broken(`${under.length} syncs are under way at once`);
};

/** A dry run commits nothing. */
export const checkSame = (before: Snapshot, after: Snapshot): void => {
  if (JSON.stringify(before) !== JSON.stringify(after)) broken('A dry run changed ONA');
};
