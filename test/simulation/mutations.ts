import type { Mutation } from './jobs.ts';

/** Lines of the jobs that hold a promise, taken out or turned round: the simulation should find each. Seed 1 finds the first. */
export const MUTATIONS: readonly Mutation[] = [
  // Absent children are asked about.
  {
    file: 'jobs/writing/note-batch.sql',
    from: 'WHERE $7::boolean AND c.primero_id IS NOT NULL',
    to: 'WHERE false AND $7::boolean AND c.primero_id IS NOT NULL',
  },
  // Nobody is removed but in the batch that completes the sync.
  {
    file: 'jobs/writing/findings.ts',
    from: 'values: ({ completes, batch }) => (completes ? [batch.message.syncId] : null)',
    to: 'values: ({ batch, sync }) => (sync ? [batch.message.syncId] : null)',
  },
  // Two answers, not one.
  {
    file: 'jobs/writing/take-findings.sql',
    from: 'confirmed = f.finding IS NOT NULL AND',
    to: 'confirmed =',
  },
  // An answer that brings a child takes its finding back.
  {
    file: 'jobs/writing/note-batch.sql',
    from: "SET finding = 'counts', confirmed = false, found_at",
    to: 'SET found_at',
  },
  // Whose time of creation is blank belongs to the last window.
  {
    file: 'jobs/writing/note-batch.sql',
    from: 'AND c.primero_created_at IS NULL',
    to: 'AND false',
  },
  // An answer counts only while its question is open.
  {
    file: 'jobs/writing/findings.ts',
    from: "origin === 'window' || open.has(id)",
    to: 'true',
  },
  // A batch that is written is not written again.
  { file: 'jobs/writing/verdict.ts', from: 'if (next) {', to: 'if (next && false) {' },
  // Batches of a sync that is over write nothing.
  {
    file: 'jobs/writing/verdict.ts',
    from: "if (sync.state !== 'under way') return nothing(",
    to: "if (sync.state === 'none') return nothing(",
  },
  // Writers take turns.
  {
    file: 'jobs/writing/settings.sql',
    from: "pg_advisory_xact_lock(hashtext('primero-ona-sync'))",
    to: '1',
  },
  // One transaction.
  { file: 'jobs/writing/begin.ts', from: "text: 'BEGIN'", to: "text: 'SELECT 1'" },
  // The client keeps what is before the window's end.
  {
    file: 'jobs/asking/answers.ts',
    from: 'return created >= first && created < end',
    to: 'return created >= first',
  },
  // A window ends before the last few records.
  {
    file: 'jobs/asking/window.ts',
    from: 'page.page * page.per >= page.total) continue',
    to: 'page.page * page.per >= page.total || true) continue',
  },
  // A short answer is read again.
  {
    file: 'jobs/asking/window.ts',
    from: 'if (isShort(page)) short.add(indicator.name)',
    to: '',
  },
  // Every window must have been read.
  { file: 'jobs/message/next.ts', from: 'if (!end.is_covered)', to: 'if (false)' },
  // A proxy's 404 is no answer about a child.
  {
    file: 'jobs/asking/absent.ts',
    from: "if (isOwn(failure.body, path)) return 'deleted'",
    to: "return 'deleted'",
  },
  // Strays: a filter was dropped.
  {
    file: 'jobs/asking/trust.ts',
    from: "if (record.enabled !== true) return 'record_state'",
    to: '',
  },
  // What this sync has written is not overwritten by an older answer.
  {
    file: 'jobs/writing/write-cases.sql',
    from: 'WHEN c.sync_id = $1 AND',
    to: 'WHEN false AND',
  },
  // Hidden fields are asked about.
  {
    file: 'jobs/asking/hidden.ts',
    from: 'if (keyless.size === 0) return state',
    to: 'if (keyless.size >= 0) return state',
  },
  // Children who swap ids let go of them first.
  {
    file: 'jobs/writing/let-go.sql',
    from: "SET case_id = '~' || g.number",
    to: 'SET case_id = c.case_id',
  },
  // Services follow their child.
  {
    file: 'jobs/writing/write-services.sql',
    from: 'WHERE NOT EXISTS (SELECT FROM offered o WHERE o.unique_id = h.unique_id)',
    to: 'WHERE false',
  },
  // Who waits for an id that is free is asked about again.
  {
    file: 'jobs/message/next.ts',
    from: 'if (now.length > 0) {',
    to: 'if (now.length > 1_000_000) {',
  },
  // A narrowed role stops the sync.
  {
    file: 'jobs/writing/findings.ts',
    from: 'if (open.unseen > TOLERATED.unseen)',
    to: 'if (false)',
  },
  // The unseen are named.
  { file: 'jobs/message/next.ts', from: 'known.unseen > 0 ?', to: 'known.unseen < 0 ?' },
];
