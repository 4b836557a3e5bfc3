import type { sql as Sql } from '@openfn/language-postgresql';
import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { BATCH_REJECTS } from '../policy.ts';
import type { State } from '../state.ts';
import { send } from './query.ts';

/** A statement with its parameters for some rows. */
export interface Attempt<Row> {
  text: string;
  values: (rows: readonly Row[]) => unknown[];
}

/** The result of an attempt: what the statement returned, or the rows that a column does not take. */
// biome-ignore lint/suspicious/noExplicitAny: rows are as the statement's text makes them
export type Tried<Row> = { returned: any[]; bad: null } | { returned: null; bad: Row[] };

/** Errors about values: too long, out of range, not null, a check, a key (PostgreSQL manual, appendix A). */
const isAboutValues = (error: unknown): boolean => /^2[23]/.test(String(Object(error).code));

/** Tries a statement inside a savepoint. Returns null if a column does not take a value; then nothing was done. */
const attempt = async <Row>(
  sql: typeof Sql,
  state: State,
  { text, values }: Attempt<Row>,
  rows: readonly Row[],
) => {
  await send(sql, state, 'SAVEPOINT attempt', []);
  try {
    const returned = await send(sql, state, text, values(rows));
    await send(sql, state, 'RELEASE SAVEPOINT attempt', []);
    return returned;
  } catch (error) {
    if (!isAboutValues(error)) throw error;
    await send(sql, state, 'ROLLBACK TO SAVEPOINT attempt', []);
    return null;
  }
};

/**
 * Finds the rows that cannot be written, by halves, but not many more than `most` of them. What can be written is undone,
 * because all of it is written together later.
 */
const findBad = async <Row>(
  sql: typeof Sql,
  state: State,
  how: Attempt<Row>,
  rows: readonly Row[],
  most: number,
): Promise<Row[]> => {
  await send(sql, state, 'SAVEPOINT half', []);
  const returned = await attempt(sql, state, how, rows);
  await send(sql, state, 'ROLLBACK TO SAVEPOINT half', []);
  if (returned !== null) return [];
  if (rows.length === 1) return [...rows];
  const middle = Math.floor(rows.length / 2);
  const first = await findBad(sql, state, how, rows.slice(0, middle), most);
  if (first.length > most) return first;
  return [...first, ...(await findBad(sql, state, how, rows.slice(middle), most - first.length))];
};

/**
 * Writes rows with one statement. If a column of ONA does not take a value, nothing is written, and the rows that
 * hold such a value are returned.
 *
 * @throws {SyncError} TOO_MANY_REJECTS if that is more than half of many rows: then the column is wrong
 */
export const tryToWrite = async <Row>(
  sql: typeof Sql,
  state: State,
  how: Attempt<Row>,
  rows: readonly Row[],
): Promise<Tried<Row>> => {
  const returned = await attempt(sql, state, how, rows);
  if (returned !== null) return { returned, bad: null };
  const { from, share } = BATCH_REJECTS;
  const most = rows.length < from ? rows.length : Math.floor(rows.length * share);
  const bad = await findBad(sql, state, how, rows, most);
  if (bad.length > most)
    throw new SyncError(
      errors.TOO_MANY_REJECTS,
      `More than half of ${rows.length} rows have values that a column of ONA does not take.`,
    );
  // Each row can be written alone. So two of them conflict, and the later half has to wait.
  return { returned: null, bad: bad.length > 0 ? bad : rows.slice(Math.floor(rows.length / 2)) };
};
