import { composeNextState } from '@openfn/language-common';
import {
  request as commonRequest,
  expandReferences,
  logResponse,
  makeBasicAuthHeader,
} from '@openfn/language-common/util';
import type { State } from './types.ts';

type Options = { query?: Record<string, unknown> };

/**
 * Gets any path below `/api/v2/`: its body in `state.data`, the rest of the answer in `state.response`. Signs in with
 * user and password on each request, whatever `basicAuth` says, as the official one does.
 * Rejects with the error of language-common for a status of 400 or more: it has `statusCode`, `headers` and `body`.
 * @example <caption>One case</caption>
 * http.get('cases/5b1f…', { query: { fields: 'age' } })
 */
export const get =
  (path: unknown, options: unknown = {}) =>
  async (state: State): Promise<unknown> => {
    const [resolved, { query = {} }] = expandReferences<[string, Options]>(state, path, options);
    const { url, user, password } = state.configuration;
    const answer = await commonRequest('GET', resolved, {
      baseUrl: `${url}/api/v2/`,
      query,
      // The official one sends this with a GET, too.
      body: { data: {} },
      headers: { 'Content-type': 'application/json', ...makeBasicAuthHeader(user, password) },
      parseAs: 'json',
    });
    const { body, ...response } = logResponse(answer);
    return { ...composeNextState(state as never, body), response };
  };
