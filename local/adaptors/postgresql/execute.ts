import { execute as commonExecute } from '@openfn/language-common';
import { type Configuration, withSession } from './session.ts';

export type State = {
  configuration?: Partial<Configuration>;
  data?: unknown;
  references?: unknown[];
  /** Statements that ran with `writeSql`. */
  queries?: unknown[];
  result?: unknown;
  [key: string]: unknown;
};

export type Operation = (state: State) => unknown;

/** As in its source; the published types wrongly say that it returns a promise at once. */
const run = commonExecute as unknown as (
  ...operations: Operation[]
) => (state: State) => Promise<State>;

/**
 * Runs a job's operations on one client. The runtime calls it as the job's `execute`.
 * On failure it prints only the error's code: message and detail can hold values of a row.
 */
export const execute =
  (...operations: Operation[]) =>
  async (state: State): Promise<State> => {
    try {
      return await withSession(state.configuration, () =>
        run(...operations)({ references: [], data: null, queries: [], ...state }),
      );
    } catch (error) {
      const { code, name } = Object(error);
      console.error(
        `Job failed (${code ?? name ?? 'error'}): what was not committed is rolled back`,
      );
      throw error;
    }
  };
