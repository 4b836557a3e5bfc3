import type { Message } from '../../jobs/message/message.ts';
import type { Credentials } from '../credentials/schema.ts';
import type { LedgerSync } from '../ledger/read-sync.ts';
import type { Stand } from '../ledger/stand.ts';
import type { createRunner, Log } from '../runner/index.ts';
import type { ChainEnd } from './chain.ts';
import type { SyncInput } from './input.ts';
import type { ChainPaths } from './state-folder.ts';

/** What a sync is run with. */
export type SyncRun = {
  credentials: Credentials;
  /** Path of the credentials file, for messages; absent for the sandbox. */
  file?: string;
  paths: ChainPaths;
  signal: AbortSignal;
  /** What job 0 gets, unless there are messages to begin with. */
  input: SyncInput;
  /** Messages to go on from, in place of a new sync. */
  messages?: readonly Message[];
  log?: Log;
  /** Told how far the sync is, whenever a batch was written. */
  onStand?: (stand: Stand) => void;
  /** Told what is being done, where that is not clear. */
  say?: (text: string) => void;
  /** Where another inbox runs the batches: how often the ledger is read, ms; 5,000. */
  watchEveryMs?: number;
  /** What runs the steps; the runtime in this process when absent. */
  makeRunner?: typeof createRunner;
};

/** How a sync is run: where it ended, and for a dry run what the ledger would have. */
export type RunEnd = ChainEnd & { sync?: LedgerSync };
