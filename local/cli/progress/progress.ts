import type { Stand } from '../../ledger/stand.ts';

/** How a command shows what it is doing, on stderr: stdout is for what it found. */
export type Progress = {
  /** What is being done now. */
  say(text: string): void;
  /** A batch was written: how far the sync is. */
  stand(stand: Stand): void;
  /** Leaves the last state on the screen. */
  stop(): void;
};
