import { execute as commonExecute } from '@openfn/language-common';
import { request, tryJson } from './request.ts';
import type { Operation, State } from './types.ts';

/** As in its source; the published types wrongly say that it returns a promise at once. */
const run = commonExecute as unknown as (
  ...operations: Operation[]
) => (state: Partial<State>) => Promise<State>;

const basic = ({ user, password }: State['configuration']) => ({
  token: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** On Primero 2.10 and later the answer has no token, so `Bearer undefined` is sent. */
const bearer = async ({ url, user, password }: State['configuration']) => {
  const response = await request({
    method: 'POST',
    url: `${url}/api/v2/tokens`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user: { user_name: user, password } }),
  });
  const answer = tryJson<{ token?: string }>(response.body);
  return { ...answer, token: `Bearer ${answer.token}` };
};

const signIn = async (state: State): Promise<State> => {
  const { configuration } = state;
  return {
    ...state,
    auth: configuration.basicAuth ? basic(configuration) : await bearer(configuration),
  };
};

const signOut = (state: State): State => {
  delete state.auth;
  return state;
};

/** Signs in and runs a job's operations. The runtime calls it as the job's `execute`. */
export const execute =
  (...operations: Operation[]) =>
  (state: Partial<State>): Promise<State> =>
    run(signIn, ...operations, signOut)({ references: [], data: null, ...state });
