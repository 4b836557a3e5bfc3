import type { FindingRow } from './read-why.ts';

const SAID = {
  counts: 'it is there, and counts',
  left: 'it is there, and counts for no indicator',
  disabled: 'it is disabled',
  deleted: 'it is deleted',
  unseen: 'the user of the sync may not see it, or it has no state; ONA keeps it as it was',
} as const;

/** What became of a child that Primero said is disabled or deleted. */
const sayEnd = ({ finding, isConfirmed, syncKind, syncState }: FindingRow): string => {
  if (finding !== 'disabled' && finding !== 'deleted') return '';
  if (syncKind !== 'census') return '; ONA keeps it, because only a census removes children';
  if (!isConfirmed) return '; ONA keeps it until Primero says so a second time';
  if (syncState === 'complete') return ', and said so a second time: it was removed from ONA';
  return ', and said so a second time; it is removed once that sync is complete';
};

/**
 * Says that a sync asked about the child, and what Primero answered.
 * @param isKnown whether ONA still has the child's row, or knows what it counted for
 */
export const sayFinding = (row: FindingRow, isKnown: boolean): string => {
  const asked = `Sync ${row.syncId} asked Primero about it`;
  if (row.finding === null) return `${asked}: no answer yet.`;
  const index = row.isIndexed ? '' : ' (its search does not have it)';
  const at = row.foundAt === null ? '' : ` (${row.foundAt.toISOString()})`;
  const isDone = row.syncKind === 'census' && row.syncState === 'complete';
  const isOver = isDone && row.finding === 'left' && !isKnown;
  const end = isOver ? '; its time in ONA was over, so it was removed' : sayEnd(row);
  return `${asked}: ${SAID[row.finding]}${index}${end}${at}.`;
};
