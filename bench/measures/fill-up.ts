import type { BenchOna } from '../servers/ona.ts';

/** Columns of a table, but for some: those are made anew. */
const otherColumns = async ({ query }: BenchOna, table: string, but: readonly string[]) => {
  const [row] =
    await query(`SELECT string_agg(column_name, ', ') AS names FROM information_schema.columns
    WHERE table_name = '${table}' AND column_name NOT IN ('${but.join("', '")}')`);
  return row!.names;
};

/**
 * Fills ONA up to about so many cases with copies of those that it holds: other ids, created after all of them. So a batch
 * that reads early windows meets none of them.
 */
export const fillUp = async (ona: BenchOna, cases: number): Promise<void> => {
  const [held] = await ona.query('SELECT count(*) AS count FROM cases');
  const copies = Math.round(cases / Number(held!.count)) - 1;
  const made: Record<string, Record<string, string>> = {
    cases: {
      case_id: "case_id || '-' || n",
      primero_created_at: `primero_created_at + (SELECT max(primero_created_at) - min(primero_created_at) FROM cases)
        + interval '1 second' * n`,
    },
    services: { case_id: "case_id || '-' || n", unique_id: "unique_id || '-' || n" },
    case_indicators: {},
  };
  for (const [table, expressions] of Object.entries(made)) {
    const all = { primero_id: 'md5(primero_id::text || n)::uuid', ...expressions };
    const others = await otherColumns(ona, table, Object.keys(all));
    await ona.query(`INSERT INTO ${table} (${Object.keys(all).join(', ')}, ${others})
      SELECT ${Object.values(all).join(', ')}, ${others} FROM ${table} CROSS JOIN generate_series(1, ${copies}) AS n`);
  }
  await ona.query('VACUUM ANALYZE');
  // Else the server would write the copies to its disk while something is measured.
  await ona.query('CHECKPOINT');
};
