import type { Status } from '../../ona/status.ts';
import { casesOf, type Totals } from '../../sync/totals.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from '../words.ts';
import { barProgress } from './bars.ts';
import { lineProgress } from './lines.ts';

/** How a command shows what it is doing, on stderr: stdout is for what it found. */
export type Progress = {
  /** What is being done now. */
  say(text: string): void;
  /** A batch was written: what all have done so far, in how many seconds. */
  batch(totals: Totals, seconds: number): void;
  /** Another inbox runs the batches; this is what the ledger says. */
  watch(status: Status): void;
  /** Leaves the last state on the screen. */
  stop(): void;
};

const silent: Progress = { say: () => {}, batch: () => {}, watch: () => {}, stop: () => {} };

/** Batches and pace so far, such as `12 batches, 1,840 cases/s`. */
export const paceOf = (totals: Totals, seconds: number): string => {
  const pace = Math.round(casesOf(totals) / Math.max(0.1, seconds)).toLocaleString('en');
  return `${plural(totals.batches, 'batch', 'batches')}, ${pace} cases/s`;
};

/** Bars on a terminal, a line every few seconds elsewhere, nothing where only JSON is wanted. */
export const makeProgress = (
  how: { json: boolean; debug: boolean },
  { err }: Terminal,
): Progress => {
  if (how.json) return silent;
  return err.isTTY && !how.debug ? barProgress(err as NodeJS.WriteStream) : lineProgress(err);
};
