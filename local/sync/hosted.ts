import { openStore } from '../inbox/index.ts';
import { readSync } from '../ledger/read-sync.ts';
import { type ChainEnd, openChain } from './chain.ts';
import { isPlainCensus } from './input.ts';
import type { SyncRun } from './run-sync.ts';

/** Takes messages back that an earlier process left waiting: the sync that they belong to is to be superseded. */
const forget = async (store: Awaited<ReturnType<typeof openStore>>): Promise<void> => {
  for (const { id } of await store.list({ state: 'waiting' }))
    await store.mark(id, 'failed', 'Another sync has taken over.');
};

/** Whether the messages that waited have brought a census to its end. */
const endedCensus = async ({ credentials }: SyncRun, { syncId }: ChainEnd): Promise<boolean> => {
  const sync = syncId === null ? null : await readSync(credentials.ona, syncId);
  return sync?.kind === 'census' && sync.state === 'complete';
};

/**
 * Runs the batches here, behind an inbox of our own. What an earlier process left waiting runs first; where that brings
 * a census to its end, and a census is all that is wanted, no other one begins.
 */
export const runHosted = async (
  run: SyncRun,
  tell: (syncId: string) => Promise<unknown>,
): Promise<ChainEnd> => {
  const { credentials, paths, signal, input, messages, log, makeRunner, say } = run;
  const store = await openStore(paths.inbox);
  if (input.takeOver) await forget(store);
  const waiting = await store.list({ state: 'waiting' });
  const parts = new Set([...waiting, ...(messages ?? [])].map(({ part }) => part));
  const chain = await openChain({
    credentials,
    paths,
    signal,
    atOnce: Math.max(input.parts ?? 1, parts.size),
    ...(log && { log }),
    ...(makeRunner && { makeRunner }),
    onBatch: async ({ summary }) => void (await tell(summary.syncId)),
  });
  try {
    if (waiting.length > 0) say?.(`Going on with sync ${waiting.at(-1)!.syncId}, which stopped …`);
    const before = await chain.idle();
    if (before.failed || before.interrupted) return before;
    if (messages) return await chain.replay(messages);
    if (waiting.length > 0 && isPlainCensus(input) && (await endedCensus(run, before)))
      return before;
    return await chain.sync(input);
  } finally {
    await chain.close();
  }
};
