import type { Code } from '../errors/registry.ts';
import type { LedgerSync } from '../ledger/read-sync.ts';
import { toFailure } from '../runner/failure.ts';
import type { Failure } from '../runner/index.ts';
import { UserError } from '../user-error.ts';
import type { ChainEnd } from './chain.ts';

/** `complete but`: all was done, and some children or services are not in ONA as Primero has them. */
export type Outcome = 'complete' | 'complete but' | 'dry run' | 'failed' | 'interrupted';

const failure = (code: Code, what: string, next?: string): Failure =>
  toFailure(null, new UserError(code, what, next));

/** Whether a sync that was done to its end has something left over. A census says so itself where a child is. */
const hasLeftOver = ({ kind, reason, rejects }: LedgerSync): boolean =>
  rejects.length > 0 || (kind === 'census' && reason !== null);

/** Why a sync that has no batch left to run is not done. */
const incomplete = ({ last }: ChainEnd, sync: LedgerSync | null): Failure => {
  const { did, reason } = last?.summary ?? {};
  if (did === 'nothing' && reason) {
    const [what = '', next] = reason.replace(/\.$/, '').split(': ');
    return failure('NOTHING_DONE', what, next);
  }
  if (sync === null)
    return failure('SYNC_INCOMPLETE', 'ONA knows nothing of the sync', 'see what `inbox` says');
  if (sync.state === 'under way')
    return failure(
      'SYNC_INCOMPLETE',
      `sync ${sync.syncId} stopped before its end`,
      '`status` says where, and how to go on',
    );
  const why = sync.reason ?? `sync ${sync.syncId} is ${sync.state}`;
  return failure('SYNC_INCOMPLETE', why.replace(/\.$/, ''));
};

/** What came of a sync, going by where its batches ended and by what the ledger has. */
export const judgeEnd = (
  end: ChainEnd,
  sync: LedgerSync | null,
  isDry: boolean,
): { outcome: Outcome; failed: Failure | null } => {
  if (end.interrupted) return { outcome: 'interrupted', failed: null };
  if (end.failed) return { outcome: 'failed', failed: end.failed };
  if (isDry && sync) return { outcome: 'dry run', failed: null };
  if (sync?.state !== 'complete') return { outcome: 'failed', failed: incomplete(end, sync) };
  return { outcome: hasLeftOver(sync) ? 'complete but' : 'complete', failed: null };
};
