import type { Stand } from '../../ledger/stand.ts';

/** How a command shows what it is doing. It writes to stderr, because stdout is for results. */
export type Progress = {
  /** Says what is being done now. */
  say(text: string): void;
  /** Shows how far the sync is, after a batch was written. */
  stand(stand: Stand): void;
  /** Leaves the last state on the screen. */
  stop(): void;
};
