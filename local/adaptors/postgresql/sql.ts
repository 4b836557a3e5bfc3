import { expandReferences } from '@openfn/language-common/util';
import type { QueryConfig, QueryResult } from 'pg';
import type { State } from './execute.ts';
import { currentSession } from './session.ts';

type Statement = string | QueryConfig;

export type SqlOptions = {
  /** Parameters `$1`, `$2`, … Large ones are best sent as one JSON text, because each parameter is traversed. */
  values?: unknown[];
  /** Keep the statement in `state.queries`. */
  writeSql?: boolean;
  /** `false`: the statement is not sent, and state stays as it is. */
  execute?: boolean;
};

/**
 * Sends one statement: rows in `state.data`, the driver's whole result in `state.result`, the data
 * before it at the end of `state.references`. Text, values and options may be, or hold, functions
 * of state. Prints command and row count. Rejects with the driver's error.
 * If `execute` is false, the official 8.1.2 says that it does not send the statement, but sends it.
 * @example <caption>With parameters</caption>
 * sql('SELECT $1::int AS n', { values: (state) => [state.data.n] })
 */
export const sql =
  (query: unknown, options?: SqlOptions | ((state: State) => SqlOptions)) =>
  async (state: State): Promise<State> => {
    const [statement, settings] = expandReferences<[Statement, SqlOptions?]>(state, query, options);
    if (settings?.writeSql === true) {
      console.log('Adding prepared SQL to state.queries array.');
      state.queries?.push(statement);
    }
    if (settings?.execute === false) {
      console.log('Query not executed.');
      return state;
    }
    const { client, ready } = currentSession();
    await ready;
    const result: QueryResult = await (settings?.values
      ? client.query(statement, settings.values)
      : client.query(statement));
    console.log(`${result.command} succeeded, rowCount: ${result.rowCount}`);
    const references = [...(state.references ?? []), state.data];
    return { ...state, data: result.rows, references, result };
  };
