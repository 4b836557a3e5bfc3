import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { isFirst } from '../message/message.ts';
import { parseMessage } from '../message/parse.ts';
import { BATCH_BYTES, RETRY } from '../policy.ts';
import type { State } from '../state.ts';
import type { Batch } from './batch.ts';
import type { GetState } from './state.ts';

/**
 * Takes the message out of `state.data`, and checks it and the credential.
 * @throws {SyncError} MESSAGE_INVALID or CREDENTIAL_INVALID, naming the field or key
 * @example <caption>First operation of get-cases</caption>
 * fn(readMessage)
 */
export const readMessage = (state: State): GetState => {
  const now = Date.now();
  const message = parseMessage(state.data);
  const { url, batchBytes = BATCH_BYTES } = state.configuration;
  if (typeof url !== 'string')
    throw new SyncError(errors.CREDENTIAL_INVALID, 'The credential "primero" has no "url".');
  if (typeof batchBytes !== 'number' || !(batchBytes > 0))
    throw new SyncError(
      errors.CREDENTIAL_INVALID,
      '"batchBytes" of the credential "primero" is no size.',
    );
  console.log(`Batch ${message.batch} of part ${message.part}, sync ${message.syncId}`);
  return {
    ...state,
    data: null,
    references: [],
    message,
    reading: {
      ...{ message, next: message.from, left: null, totals: null, lists: null },
      ...{
        windows: [],
        rows: [],
        values: [],
        numbers: new Map(),
        findings: [],
        cuts: [],
        recounted: [],
      },
      ...{ bytes: 0, room: batchBytes, sentBytes: null, keyless: new Set() },
    },
    deadline: now + RETRY.deadline * 1000,
    enoughAt: now + RETRY.enough * 1000,
  };
};

/** Skips an operation in the first batch of a sync, which only finds out whether the sync is needed. */
export const afterFirst =
  (operation: (state: GetState) => Promise<GetState>) =>
  async (state: GetState): Promise<GetState> =>
    isFirst(state.message) ? state : operation(state);

/** Passes on the batch and nothing else. */
export const handOnBatch = ({ configuration, reading }: GetState): State & { batch: Batch } => {
  const { bytes: _, numbers: _1, room: _2, sentBytes: _3, keyless: _4, ...batch } = reading;
  return { configuration, data: {}, references: [], batch };
};
