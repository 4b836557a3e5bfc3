import type { TestOna } from '../support/ona.ts';

type Ona = Pick<TestOna, 'query'>;

/** Names of all tables, those of the migrations among them. */
export const tableNames = async (ona: Ona): Promise<string[]> => {
  const { rows } = await ona.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1",
  );
  return rows.map(({ name }) => name);
};

/**
 * Every row of every table as PostgreSQL writes it, by table; with `versions` also which transaction wrote it,
 * so that a row that was rewritten as it was shows too.
 */
export const readAll = async (
  ona: Ona,
  { versions = false } = {},
): Promise<Record<string, string[]>> => {
  const all: Record<string, string[]> = {};
  for (const name of await tableNames(ona)) {
    const row = versions ? "t.xmin::text || ' ' || t::text" : 't::text';
    const { rows } = await ona.query<{ row: string }>(
      `SELECT ${row} AS row FROM ${name} t ORDER BY 1`,
    );
    all[name] = rows.map((each) => each.row);
  }
  return all;
};
