import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStatus } from '../ledger/read-status.ts';
import { type LedgerSync, NO_FINDINGS } from '../ledger/read-sync.ts';
import { standOf } from '../ledger/stand.ts';
import { type Outcome, openChain } from './chain.ts';
import { kindOfInput } from './input.ts';
import type { RunEnd, SyncRun } from './sync-run.ts';

/** What the ledger would have of a sync, had it kept its batches. */
const asIf = (
  outcomes: readonly Outcome[],
  { kind, heldBefore }: Pick<LedgerSync, 'kind' | 'heldBefore'>,
): LedgerSync | undefined => {
  const summaries = outcomes.map(({ summary }) => summary);
  const [first] = summaries;
  if (!first) return undefined;
  const findings = { ...NO_FINDINGS };
  for (const { found } of summaries)
    for (const [finding, count] of Object.entries(found))
      findings[finding as keyof typeof found] += count;
  const now = new Date().toISOString();
  return {
    syncId: first.syncId,
    kind,
    state: 'complete',
    reason: summaries.at(-1)!.reason,
    createdFrom: null,
    createdTo: null,
    changedSince: null,
    parts: 1,
    beganAt: now,
    endedAt: now,
    lastBatchAt: now,
    idleSeconds: 0,
    heldBefore,
    heldAfter: null,
    expired: 0,
    summaries,
    pending: outcomes.at(-1)!.next,
    findings,
    rejects: [],
  };
};

/**
 * Reads, maps and compares, and writes nothing. Nobody posts the messages of such a sync: each batch is run here, one
 * after the other, behind an inbox that is gone afterwards.
 */
export const runDry = async (run: SyncRun): Promise<RunEnd> => {
  const { credentials, signal, input, messages, log, makeRunner, onStand } = run;
  const { held } = await readStatus(credentials.ona, run.file);
  const inbox = await mkdtemp(join(tmpdir(), 'primero-ona-dry-'));
  const outcomes: Outcome[] = [];
  const known = { kind: kindOfInput(messages?.[0] ?? input), heldBefore: held.cases };
  const chain = await openChain({
    credentials,
    paths: { inbox },
    signal,
    ...(log && { log }),
    ...(makeRunner && { makeRunner }),
    onBatch: (outcome) => {
      outcomes.push(outcome);
      onStand?.(standOf(asIf(outcomes, known)!));
    },
  });
  try {
    let end = messages ? await chain.replay(messages) : await chain.sync(input);
    while (!end.failed && !end.interrupted && end.last && end.last.next.length > 0) {
      await chain.handle(end.last.next[0]);
      end = await chain.idle();
    }
    const sync = asIf(outcomes, known);
    return { ...end, ...(sync && { sync }) };
  } finally {
    await chain.close();
    await rm(inbox, { recursive: true, force: true });
  }
};
