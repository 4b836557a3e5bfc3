import type { TestOna } from '../support/ona.ts';

/** A sync as ONA keeps it. It ends half an hour after it began, unless it is under way. */
type SyncRow = {
  id: string;
  kind?: 'census' | 'changes' | 'range';
  /** A day: it begins at its first moment. */
  began: string;
  state: string;
  reason?: string;
  /** Of changes: since which day. */
  since?: string;
};

/** Notes a sync in ONA. */
export const addSync = (ona: TestOna, sync: SyncRow) => {
  const { id, kind = 'census', began, state, reason = null, since = null } = sync;
  return ona.query(
    `INSERT INTO syncs (sync_id, kind, began_at, state, reason, changed_since, ended_at, held_before, first_totals)
     VALUES ($1, $2, $3::date AT TIME ZONE 'UTC', $4, $5, $6::date AT TIME ZONE 'UTC',
             CASE WHEN $4 <> 'under way' THEN $3::date AT TIME ZONE 'UTC' + interval '30 minutes' END, 0, '{}')`,
    [id, kind, began, state, reason, since],
  );
};
