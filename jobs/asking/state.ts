import type { Message } from '../message/message.ts';
import type { State } from '../state.ts';
import type { Batch } from './batch.ts';

/** What get-cases knows so far. */
export interface Reading extends Batch {
  /** Mapped fields that an answer lacked and that were not asked about yet: blank in all of its records, or hidden. */
  keyless: Set<string>;
  /** Bytes of the rows, and of the values that they share. */
  bytes: number;
  /** The values that rows share. */
  numbers: Map<unknown, number>;
  /** Bytes of records that the batch may pass on. */
  room: number;
  /** Bytes of a record as Primero sent it: the largest mean of any answer so far. Null before the first answer. */
  sentBytes: number | null;
}

/** The state of get-cases while it runs. Times are ms since 1970. */
export interface GetState extends State {
  message: Message;
  reading: Reading;
  /** No attempt starts after it. */
  deadline: number;
  /** After it, the batch passes on what it has. */
  enoughAt: number;
}
