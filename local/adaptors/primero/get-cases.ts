import { expandReferences } from '@openfn/language-common/util';
import { queryString } from './query-string.ts';
import { request, tryJson } from './request.ts';
import type { Operation, State } from './types.ts';

type Options = { withReferrals?: boolean };

type Page = { data: unknown[]; metadata?: unknown };

/**
 * Gets one page of cases: records in `state.data`, `total`, `per` and `page` in `state.metadata`,
 * the data before it at the end of `state.references`. Prints the request and counts, no record.
 * Query and options may be, or hold, functions of state. Several may run at a time.
 * Rejects as `request` does, and with a TypeError if the body is not `{ data: [...] }`. In that case the
 * promise of the official adaptor never settles.
 * @example <caption>Children under 18, the first thousand</caption>
 * getCases({ age: '0..17', per: 1000, page: 1 })
 */
export const getCases =
  (query?: unknown, options?: unknown, callback?: Operation) =>
  async (state: State): Promise<unknown> => {
    const [asked, settings] = expandReferences<[unknown, Options?]>(state, query, options);
    if (settings?.withReferrals)
      throw new Error('withReferrals is not in the drop-in; install @openfn/language-primero');

    const response = await request({
      method: 'GET',
      url: `${state.configuration.url}/api/v2/cases${queryString(asked)}`,
      headers: { Authorization: state.auth!.token, 'Content-Type': 'application/json' },
    });
    console.log(`Primero says: '${response.statusCode} ${response.statusMessage}'`);
    const { data, metadata } = tryJson<Page>(response.body);
    const shown = JSON.stringify(response.request, null, 2);
    console.log(`${data.length} cases retrieved from request: ${shown}`);

    const references = [...state.references, state.data];
    const next = { ...state, data, references, ...(metadata ? { metadata } : {}) };
    return callback ? callback(next) : next;
  };
