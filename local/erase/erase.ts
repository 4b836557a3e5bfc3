import type { OnaCredential } from '../credentials/schema.ts';
import { checkTables } from '../ona/check-tables.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';
import { UserError } from '../user-error.ts';

/** What was erased. */
export type Erased = { cases: number; services: number; isNew: boolean };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Removes a child from every table of ONA at once, and keeps it out while Primero still has it. The figures say why they
 * changed; nothing else stays of it but a hash.
 * @param id its case_id, or its id in Primero (a UUID): one that ONA does not have is kept out all the same
 * @param file path of the credentials file, for messages
 * @throws {UserError} CASE_UNKNOWN, and those of `withOna`
 */
export const eraseCase = (ona: OnaCredential, id: string, file?: string): Promise<Erased> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    await client.query('BEGIN');
    // A batch that is being written comes first, or waits.
    await client.query("SELECT pg_advisory_xact_lock(hashtext('primero-ona-sync'))");
    const asked = UUID.test(id) ? [null, id] : [id, null];
    const found = await client.query<{ id: string }>(
      await readSql('local/erase/sql/find.sql'),
      asked,
    );
    const child = found.rows[0]?.id ?? asked[1];
    if (!child)
      throw new UserError(
        'CASE_UNKNOWN',
        'ONA has no such case',
        'name it by its id in Primero, the UUID in the address of its page',
      );
    await client.query("SELECT figures_before(ARRAY[$1::uuid], '{}', '{}')", [child]);
    const { rows } = await client.query<Erased>(await readSql('local/erase/sql/erase.sql'), [
      child,
    ]);
    await client.query("SELECT figures_after('', 'erased')");
    await client.query('COMMIT');
    const { cases, services, isNew } = rows[0]!;
    return { cases, services, isNew };
  });
