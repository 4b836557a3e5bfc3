import type { Reason } from '../../jobs/mapping/reject.ts';
import type { OnaCredential } from '../credentials/schema.ts';
import { checkTables } from '../ona/check-tables.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';

/** A record or service that could not be loaded, or a child that may not be seen: who and why, never what. */
export type Rejected = {
  reason: Reason | 'UNSEEN';
  scope: 'case' | 'service';
  field: string;
  primeroId: string;
  /** The id that another child has, where that is the reason. */
  wanted: string | null;
  /** What the child counts for. */
  indicators: string[];
  /** ISO 8601, by ONA's clock. */
  since: string;
};

/** A row that an earlier integration left. */
export type Orphan = { table: 'cases' | 'services'; id: string; written: string | null };

/** Orphans, and whether a census is complete: before that it is not known which of them Primero has. */
export type Orphans = { orphans: Orphan[]; isKnown: boolean };

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

/** Reads what ONA lacks, by reason. Throws as `withOna`. */
export const readRejects = (ona: OnaCredential, file?: string): Promise<Rejected[]> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    const { rows } = await client.query(await readSql('local/rejects/sql/rejects.sql'));
    return rows.map((row) => ({ ...row, since: iso(row.since) }));
  });

/** Reads the rows that an earlier integration left. Throws as `withOna`. */
export const readOrphans = (ona: OnaCredential, file?: string): Promise<Orphans> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    const { rows } = await client.query(await readSql('local/rejects/sql/orphans.sql'));
    const complete = await client.query(
      "SELECT FROM syncs WHERE kind = 'census' AND state = 'complete' LIMIT 1",
    );
    const orphans = rows.map((row) => ({ ...row, written: iso(row.written) }));
    return { orphans, isKnown: complete.rowCount !== 0 };
  });
