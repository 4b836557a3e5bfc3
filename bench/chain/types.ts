import type { Credentials } from '../../local/credentials/schema.ts';

/** What a chain process is asked to do. */
export type ChainTask = {
  credentials: Pick<Credentials, 'primero' | 'ona'>;
  /** The project's own workflow when absent. */
  workflowPath?: string;
  /** The message to begin with; job 0 when absent. */
  message?: unknown;
  /** Stops after so many batches, although there may be more. */
  batches?: number;
  /** Runs the first message again and again rather than what follows from it. */
  repeat?: boolean;
  /** Brings over so many parts side by side first; 0: as many as `sync` does where nobody says it. */
  slices?: number;
};

/** One run of a batch. */
export type BatchRun = {
  ms: number;
  steps: { id: string; ms: number; bytes: number }[];
  /** Records that the batch brought, and resident memory after it, bytes. */
  fetched: number;
  rss: number;
  complete: boolean;
};

/** What came of a chain. */
export type ChainResult = {
  failed: string | null;
  /** Parts that were brought over side by side before the chain; 1: none. */
  slices: number;
  /** From the first run's start to the last one's end, modules being loaded. */
  ms: number;
  cpuMs: number;
  runs: BatchRun[];
  /** Bytes that Primero sent, and the paths that it was asked for. */
  primeroBytes: number;
  paths: string[];
  logBytes: number;
  highestRss: number;
};
