import type { RunResult } from '../../local/runner/index.ts';
import type { Event } from './clock.ts';
import type { Operation } from './gate.ts';
import type { Wire } from './wire.ts';

/** What befalls one operation of a run. */
export type Turn = {
  run: Run;
  operation: Operation;
  /** The operation never ends by itself. */
  hangs: boolean;
  /** Which of the run's operations of its kind it is, from 0. */
  n: number;
  /** ms until its answer is back. */
  back: number;
  reject: (error: Error) => void;
  event: Event | null;
};

export type Run = {
  id: number;
  startedAt: number;
  wire: Wire;
  /** Operations so far, by kind. */
  counts: Record<Operation['kind'], number>;
  turns: Set<Turn>;
  timers: Map<number, Event>;
  /** The state with which it began to write. */
  batch: object | null;
  killed: boolean;
  done: boolean;
  result: RunResult | null;
};

/** What the operations of a run that was killed are answered. */
export class Killed extends Error {}
