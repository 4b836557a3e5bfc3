import type { GetState } from '../../../jobs/asking/state.ts';
import type { Message } from '../../../jobs/message/message.ts';
import { BATCH_BYTES } from '../../../jobs/policy.ts';
import { getCases, http } from '../../../local/adaptors/primero/index.ts';
import type { Primero } from '../../../local/primero/index.ts';
import { basic } from '../../support/primero.ts';
import { message } from '../message/messages.ts';

/** The adaptor's operations, typed as the official ones. */
export const operations = { getCases: getCases as never, http: { get: http.get } as never };

/** The state of get-cases between two of its operations, signed in to a sandbox. */
export const getState = (
  { credential }: Pick<Primero, 'credential'>,
  fields: Partial<Message> = {},
): GetState => {
  const own = message(fields);
  const token = basic(credential).authorization;
  const state = {
    configuration: credential,
    auth: { token },
    data: null,
    references: [],
    message: own,
    reading: {
      message: own,
      windows: [],
      next: own.from,
      left: null,
      rows: [],
      values: [],
      numbers: new Map(),
      lists: null,
      findings: [],
      totals: null,
      cuts: [],
      recounted: [],
      bytes: 0,
      room: BATCH_BYTES,
      sentBytes: null,
      keyless: new Set<string>(),
    },
    deadline: Date.now() + 60_000,
    enoughAt: Date.now() + 60_000,
  };
  return state;
};
