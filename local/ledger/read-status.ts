import type { OnaCredential } from '../credentials/schema.ts';
import { checkTables } from '../ona/check-tables.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';
import { type LedgerSync, selectSync } from './read-sync.ts';

/** What the ledger says, all at the same moment. */
export type Status = {
  /** The sync that began last, whatever its state. */
  newest: LedgerSync | null;
  /** The complete census that began last. */
  census: LedgerSync | null;
  /** The sync of changes only that began last, and after that census. */
  changes: LedgerSync | null;
  /** Days since that census began, by ONA's clock. */
  censusAgeDays: number | null;
  /** What ONA holds. */
  held: { cases: number; services: number };
  /** Rows of it that an earlier integration left, and that match no record of Primero. */
  left: { cases: number; services: number };
  /** What could not be loaded, and still cannot be. */
  rejected: { cases: number; services: number };
};

/** Reads what the ledger says. Throws a `UserError`: ONA_UNREACHABLE, ONA_SIGN_IN, ONA_TABLE_MISSING, … */
export const readStatus = (ona: OnaCredential, file?: string): Promise<Status> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query(await readSql('local/ledger/select-status.sql'));
    const row = rows[0]!;
    const read = (id: string | null) => (id === null ? null : selectSync(client, id));
    return {
      newest: await read(row.newest),
      census: await read(row.census),
      changes: await read(row.changes),
      censusAgeDays: row.census_age_days,
      held: { cases: row.cases, services: row.services },
      left: { cases: row.left_cases, services: row.left_services },
      rejected: { cases: row.rejected_cases, services: row.rejected_services },
    };
  });
