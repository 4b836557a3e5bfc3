import * as errors from './registry.ts';

/** What is reported of a failure. It has no case, no credential, and nothing that another system wrote. */
export interface FailureReport {
  /** Chat programs show this field of a post. */
  text: string;
  step: string;
  code: string;
  syncId: string | null;
  batch: number | null;
}

const LONGEST = 1000;

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Which batch it was. The message is in `data` or in the batch, or `data.summary` sums it up. */
const batchOf = (state: Record<string, unknown>) => {
  const data = asObject(state.data);
  const places = [asObject(state.batch).message, data.summary, data.next, data].map(asObject);
  const { syncId, batch } = places.find((place) => 'syncId' in place) ?? {};
  return {
    syncId: typeof syncId === 'string' && /^[A-Za-z0-9-]{1,40}$/.test(syncId) ? syncId : null,
    batch: typeof batch === 'number' ? batch : null,
  };
};

/** The first line of one of the sync's own errors. Any other text could hold anything, and is left out. */
const ownText = (message: string): { code: string; what: string } => {
  const [line = ''] = message.split('\n');
  const [, code = ''] = /^([A-Z][A-Z_]+): /.exec(line) ?? [];
  if (!(code in errors)) {
    return { code: 'UNKNOWN', what: 'UNKNOWN: see the log of the run.' };
  }
  return { code, what: line.slice(0, LONGEST) };
};

/** A report of the first failure that a state carries, under `errors`, by step. */
export const toFailureReport = (value: unknown): FailureReport => {
  const state = asObject(value);
  const [key, error] = Object.entries(asObject(state.errors))[0] ?? ['unknown', {}];
  const { message, step: named } = asObject(error);
  // On the platform the key is a UUID, and the name of the step is in the error.
  const step = typeof named === 'string' ? named : key;
  const { code, what } = ownText(String(message ?? ''));
  const { syncId, batch } = batchOf(state);
  const which = syncId === null ? '' : `, batch ${batch} of sync ${syncId}`;
  const text = `Primero to ONA: step ${step} failed${which}. ${what}`;
  return { text, step, code, syncId, batch };
};
