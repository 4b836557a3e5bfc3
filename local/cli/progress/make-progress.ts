import type { Terminal } from '../terminal.ts';
import { barProgress } from './bars.ts';
import { lineProgress } from './lines.ts';
import type { Progress } from './progress.ts';

const silent: Progress = { say: () => {}, stand: () => {}, stop: () => {} };

/** A bar on a terminal that can move its cursor; a line every few seconds elsewhere; nothing if only JSON is wanted. */
export const makeProgress = (
  how: { json: boolean; debug: boolean },
  { err }: Terminal,
): Progress => {
  if (how.json) return silent;
  const canMove = err.isTTY && process.env.TERM !== 'dumb';
  return canMove && !how.debug ? barProgress(err as NodeJS.WriteStream) : lineProgress(err);
};
