import type { getCases as GetCases } from '@openfn/language-primero';
import { collect, isReadToTheEnd } from '../batch.ts';
import { SyncError } from '../errors.ts';
import { COUNTED } from '../indicators.ts';
import { parseMessage } from '../message.ts';
import { startReading } from '../paging/reading.ts';
import { changedSource, indicatorSource } from '../paging/source.ts';
import { changedRange, toProof } from '../proof.ts';
import { totalQuery } from '../requests.ts';
import {
  BATCH_BYTES,
  MAX_CHANGED_IDS,
  PAGE_SIZE,
  RETRY,
  START_OF_RECORDS,
  TYPICAL_RECORD_BYTES,
} from '../settings.ts';
import { asking, read } from './read.ts';
import type { GetState, State } from './state.ts';

/**
 * Takes the message out of `state.data` and checks it and the credential.
 * @throws {SyncError} MESSAGE_INVALID or CREDENTIAL_INVALID, naming the field or key
 * @example <caption>First operation of get-cases</caption>
 * fn(readMessage)
 */
export const readMessage = (state: State): GetState => {
  const now = Date.now();
  const message = parseMessage(state.data, now);
  if (typeof state.configuration.url !== 'string') {
    throw new SyncError('CREDENTIAL_INVALID', 'The credential "primero" has no "url".');
  }
  console.log(
    `Batch ${message.batch} of sync ${message.syncId}: ${message.requests.length} requests`,
  );
  return {
    ...state,
    data: null,
    references: [],
    message,
    batch: { message, fetchedAt: new Date(now).toISOString(), results: [], proof: null },
    deadline: now + RETRY.deadlineSeconds * 1000,
    enoughAt: now + RETRY.enoughSeconds * 1000,
  };
};

/**
 * Reads all requests of the message at once, each up to its share of the state budget.
 * @example <caption>With the official adaptor's operation</caption>
 * readRequests(getCases)
 */
export const readRequests = (getCases: typeof GetCases) => async (state: GetState) => {
  const { message, batch, enoughAt } = state;
  const { requests, pageSize = PAGE_SIZE } = message;
  const ask = asking(getCases, state);
  const budget = Math.floor(BATCH_BYTES / Math.max(1, requests.length));
  const readings = await Promise.all(
    requests.map((request) => {
      const source = indicatorSource(request.indicator);
      return read(startReading(source, request, { pageSize, budget }), ask, enoughAt);
    }),
  );
  return { ...state, batch: { ...batch, results: collect(requests, readings) } };
};

/**
 * Where nothing of the window is left to fetch, asks what ONA must then hold: the totals first, then the ids
 * of what has changed since the window's end, which the totals no longer count.
 * @example <caption>With the official adaptor's operation</caption>
 * askForProof(getCases)
 */
export const askForProof = (getCases: typeof GetCases) => async (state: GetState) => {
  const { message, batch, enoughAt } = state;
  if (!isReadToTheEnd(batch)) return state;
  const ask = asking(getCases, state);
  const pages = await Promise.all(
    COUNTED.map((indicator) => ask(totalQuery(indicator, START_OF_RECORDS, message.window.to))),
  );
  const budget = MAX_CHANGED_IDS * TYPICAL_RECORD_BYTES.minimal;
  const changed = startReading(changedSource, changedRange(message.window.to, Date.now()), {
    pageSize: PAGE_SIZE,
    budget,
  });
  const proof = toProof(
    pages.map(({ total }) => total),
    await read(changed, ask, enoughAt),
  );
  return { ...state, batch: { ...batch, proof } };
};

/** Hands on the batch and nothing else. */
export const handOnBatch = ({ configuration, batch }: GetState) => ({
  configuration,
  data: {},
  references: [],
  batch,
});
