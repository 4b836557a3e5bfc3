import type { Message } from '../../jobs/lib/message.ts';
import type { Summary } from '../../jobs/lib/types.ts';
import type { Credentials } from '../credentials/schema.ts';
import type { LogLine } from '../runner/index.ts';
import { openChain } from '../sync/chain.ts';

/** What a slice's process is told, and what it says. Over IPC: arguments are for all to see. */
export type SliceTask = {
  credentials: Pick<Credentials, 'primero' | 'ona'>;
  message: Message;
  /** Folder of its inbox. */
  inbox: string;
  /** Whether to tell each line that its runs print. */
  logs: boolean;
};
export type SliceWord = { batch: Summary } | { line: LogLine } | { end: string | null };

/** Runs one slice to its end. */
export const workOn = async (
  { credentials, message, inbox, logs }: SliceTask,
  signal: AbortSignal,
  tell: (word: SliceWord) => void,
): Promise<void> => {
  const chain = await openChain({
    ...{ credentials, signal },
    paths: { inbox, cursor: '' },
    onBatch: (batch) => tell({ batch }),
    ...(logs && { log: (line: LogLine) => tell({ line }) }),
  });
  try {
    const { failed } = await chain.replay(message);
    tell({ end: failed?.message ?? null });
  } finally {
    await chain.close();
  }
};
