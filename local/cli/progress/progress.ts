import type { Stand } from '../../ledger/stand.ts';
import type { Terminal } from '../terminal.ts';
import { barProgress } from './bars.ts';
import { lineProgress } from './lines.ts';

/** How a command shows what it is doing, on stderr: stdout is for what it found. */
export type Progress = {
  /** What is being done now. */
  say(text: string): void;
  /** A batch was written: how far the sync is. */
  stand(stand: Stand): void;
  /** Leaves the last state on the screen. */
  stop(): void;
};

const silent: Progress = { say: () => {}, stand: () => {}, stop: () => {} };

/** A bar on a terminal, a line every few seconds elsewhere, nothing where only JSON is wanted. */
export const makeProgress = (
  how: { json: boolean; debug: boolean },
  { err }: Terminal,
): Progress => {
  if (how.json) return silent;
  return err.isTTY && !how.debug ? barProgress(err as NodeJS.WriteStream) : lineProgress(err);
};
