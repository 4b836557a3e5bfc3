import type { OnaCredential } from '../credentials/schema.ts';
import { checkTables } from '../ona/check-tables.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';
import { requireOfficer } from '../ona/require-officer.ts';

/** What a person did. Of a child there is nothing; of one that was erased the hash of its id. */
export type Act =
  | { act: 'published'; what: { quarter: string; syncId: string } }
  | { act: 'erased'; what: { hash: string } }
  | { act: 'removals accepted'; what: { syncId: string; upTo: number } }
  | {
      act: 'listed';
      what: { indicator: string; quarter: string; province: string | null; cases: number };
    };

/** An act with its time, by ONA's clock, and the login that did it. */
export type AuditLine = { notedAt: Date; login: string } & Act;

/**
 * What people did, the oldest first.
 * @param file path of the credentials file, for messages
 * @throws {UserError} OFFICERS_ONLY, and those of `withOna`
 */
export const readAudit = (ona: OnaCredential, file?: string): Promise<AuditLine[]> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    await requireOfficer(client, 'audit', 'what people did is');
    return (await client.query<AuditLine>(await readSql('local/audit/sql/lines.sql'))).rows;
  });
