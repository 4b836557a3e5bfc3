import type { Client } from 'pg';
import type { OnaCredential } from '../credentials/schema.ts';
import { checkTables } from '../ona/check-tables.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';

/** What a sync is: all children, what changed since, or some children read again. */
export type SyncKind = 'census' | 'changes' | 'range';

/** The row of `cases`; what comes from Primero is null where an earlier integration left the row. */
export type CaseRow = {
  caseId: string;
  primeroId: string | null;
  createdInPrimero: Date | null;
  updatedInPrimero: Date | null;
  writtenAt: Date | null;
  services: number;
  /** The sync that last changed the row; kind and time are null where ONA keeps it no longer. */
  syncId: string | null;
  syncKind: SyncKind | null;
  syncBeganAt: Date | null;
};

/** That the child counts for an indicator, or once did. */
export type Counted = { indicator: string; since: Date; until: Date | null };

/** What could not be loaded, of this child or of another that wants an id which this one has. */
export type RejectRow = {
  primeroId: string;
  scope: 'case' | 'service';
  field: string;
  reason: string;
  /** Whether the reason is that another child has the id. */
  isIdWanted: boolean;
  /** Who has it now. */
  heldBy: string | null;
  syncId: string;
  writtenAt: Date;
};

/** That a sync asked about the child, and what Primero said. */
export type FindingRow = {
  finding: 'counts' | 'left' | 'disabled' | 'deleted' | 'unseen' | null;
  isIndexed: boolean;
  isConfirmed: boolean;
  foundAt: Date | null;
  syncId: string;
  syncKind: SyncKind;
  syncState: 'under way' | 'complete' | 'ended' | 'superseded';
  syncBeganAt: Date;
};

export type Why = {
  row: CaseRow | null;
  indicators: Counted[];
  rejects: RejectRow[];
  findings: FindingRow[];
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const rowsOf = async <Row extends object>(client: Client, name: string, values: unknown[]) => {
  const { rows } = await client.query<Row>(await readSql(`local/why/sql/${name}.sql`), values);
  return rows;
};

const readAll = async (client: Client, id: string): Promise<Why> => {
  const isPrimeros = UUID.test(id);
  const asked = isPrimeros ? [null, id] : [id, null];
  const [row = null] = await rowsOf<CaseRow>(client, 'row', asked);
  const caseId = row?.caseId ?? (isPrimeros ? null : id);
  const primeroId = row?.primeroId ?? (isPrimeros ? id : null);
  return {
    row,
    indicators: await rowsOf<Counted>(client, 'indicators', [primeroId]),
    rejects: await rowsOf<RejectRow>(client, 'rejects', [caseId, primeroId]),
    findings: await rowsOf<FindingRow>(client, 'findings', [primeroId]),
  };
};

/**
 * What ONA knows of one case: ids, times and reasons, no personal data; all of one moment.
 * @param id its case_id, or its id in Primero (a UUID)
 * @param file path of the credentials file, for messages
 * @throws {UserError} ONA_TABLE_MISSING, and those of `withOna`
 */
export const readWhy = (ona: OnaCredential, id: string, file?: string): Promise<Why> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const why = await readAll(client, id);
    await client.query('COMMIT');
    return why;
  });
