import type { getCases as GetCases } from '@openfn/language-primero';
import { auditsOf } from '../audit.ts';
import { collect, isReadToTheEnd } from '../batch.ts';
import { changedRange, toChanged } from '../changed.ts';
import { SyncError } from '../errors.ts';
import { parseMessage } from '../message.ts';
import { type PackedBatch, toTravel } from '../pack.ts';
import { startReading } from '../paging/reading.ts';
import { changedSource, indicatorSource } from '../paging/source.ts';
import { totalQuery } from '../requests.ts';
import {
  BATCH_BYTES,
  CONCURRENT_REQUESTS,
  MAX_CHANGED_IDS,
  PAGE_SIZE,
  RETRY,
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
    batch: { message, fetchedAt: new Date(now).toISOString(), results: [], expected: null },
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
  const { message, batch } = state;
  const { requests, pageSize = PAGE_SIZE, batchBytes = BATCH_BYTES } = message;
  const ask = asking(getCases, state);
  const budget = Math.floor(batchBytes / Math.max(1, requests.length));
  const readings = await Promise.all(
    requests.map((request) => {
      const source = indicatorSource(request.indicator);
      return read(startReading(source, request, { pageSize, budget }), ask, state);
    }),
  );
  return { ...state, batch: { ...batch, results: collect(requests, readings) } };
};

/** Does something for each item, a few at a time: Primero serves people too. */
const fewAtOnce = async <In, Out>(items: readonly In[], work: (item: In) => Promise<Out>) => {
  const results: Out[] = [];
  for (let start = 0; start < items.length; start += CONCURRENT_REQUESTS) {
    const few = items.slice(start, start + CONCURRENT_REQUESTS);
    results.push(...(await Promise.all(few.map(work))));
  }
  return results;
};

/**
 * Where nothing of the window is left to fetch, or a difference is searched, counts what Primero has; then
 * asks for the ids of what has changed since the window's end, which those counts no longer hold.
 * @throws {SyncError} PRIMERO_EMPTY
 * @example <caption>With the official adaptor's operation</caption>
 * countExpected(getCases)
 */
export const countExpected = (getCases: typeof GetCases) => async (state: GetState) => {
  const { message, batch } = state;
  const isCounted = message.proof?.audits !== undefined || isReadToTheEnd(batch);
  const isReconciled = message.requests.some(({ reconcile }) => reconcile);
  if (!isCounted && !isReconciled) return state;
  const ask = asking(getCases, state);
  const expected = isCounted
    ? await fewAtOnce(auditsOf(message), (audit) => {
        const query = totalQuery(audit.indicator, audit.from, audit.to);
        return ask(query, 1, ({ total }) => ({ ...audit, expected: total }));
      })
    : null;
  const range = changedRange(message.window.to, Date.now());
  const limits = { pageSize: PAGE_SIZE, budget: MAX_CHANGED_IDS * TYPICAL_RECORD_BYTES.minimal };
  const changed = toChanged(
    await read(startReading(changedSource(range.to), range, limits), ask, state),
  );
  return { ...state, batch: { ...batch, expected, changed } };
};

/** Hands on the batch and nothing else. */
export const handOnBatch = ({
  configuration,
  batch,
}: GetState): State & { batch: PackedBatch } => ({
  configuration,
  data: {},
  references: [],
  batch: toTravel(batch),
});
