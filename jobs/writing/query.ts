import type { sql as Sql } from '@openfn/language-postgresql';
import { toDatabaseError } from '../errors/database-error.ts';
import { withTimeout } from '../errors/time-out.ts';
import { DATABASE } from '../policy.ts';
import type { State } from '../state.ts';

/** One statement of a job: its text, its parameters from state, and what its rows add to state. */
export interface Statement<S extends State> {
  /** For errors, such as `writing cases`. */
  doing: string;
  text: string;
  /** Parameters. With null the statement is skipped. */
  values?: (state: S) => unknown[] | null;
  // biome-ignore lint/suspicious/noExplicitAny: rows are as the statement's text makes them
  receive?: (state: S, rows: any[]) => S;
}

/** Sends one statement and returns its rows. Errors of the adaptor, and a `Timeout`, are passed on as they are. */
export const send = async (
  sql: typeof Sql,
  state: State,
  text: string,
  values: unknown[],
  // biome-ignore lint/suspicious/noExplicitAny: rows are as the statement's text makes them
): Promise<any[]> => {
  const lean = { configuration: state.configuration, data: null, references: [] };
  const { data } = await withTimeout(sql({ text, values })(lean), DATABASE.answerMs);
  return data as unknown[];
};

/**
 * The adaptor's `sql`, but its errors hold no values, and no rows stay in the state.
 * @example <caption>Begin a transaction</caption>
 * query(sql, { doing: 'beginning', text: 'BEGIN' })
 */
export const query =
  <S extends State>(sql: typeof Sql, { doing, text, values, receive }: Statement<S>) =>
  async (state: S): Promise<S> => {
    const parameters = values ? values(state) : [];
    if (parameters === null) return state;
    try {
      const rows = await send(sql, state, text, parameters);
      return receive ? receive(state, rows) : state;
    } catch (error) {
      throw toDatabaseError(error, doing);
    }
  };
