import type { Message } from '../message.ts';
import type { PackedRecord } from '../pack.ts';
import type { Batch, Summary } from '../types.ts';

/** What OpenFn hands to an operation, as far as the jobs use it. */
export interface State {
  data: unknown;
  configuration: Record<string, unknown>;
  references?: unknown[];
  metadata?: unknown;
}

/** State of get-cases while it works. `deadline` and `enoughAt` are ms since 1970. */
export interface GetState extends State {
  message: Message;
  batch: Batch<PackedRecord>;
  deadline: number;
  enoughAt: number;
}

/** What a batch hands to the last step, as `data`. */
export interface Outcome {
  summary: Summary;
  next: Message | null;
}
