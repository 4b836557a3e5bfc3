import type { OnaCredential } from '../credentials/schema.ts';
import { withOna } from '../ona/connect.ts';
import { checkTables } from '../ona/tables.ts';
import { SELECT_WHY } from './why-sql.ts';

/** A batch that covered the second in which a record was last updated. Times are ISO, UTC. */
export type Covering = {
  syncId: string;
  batch: number;
  indicator: string;
  mode: string;
  fetchedAt: string;
  writtenAt: string;
};

export type Why = {
  /** The row of `cases`; `primeroId` and `updatedInPrimero` are null where an earlier integration left it. */
  row: null | {
    caseId: string;
    primeroId: string | null;
    updatedInPrimero: string | null;
    writtenAt: string | null;
    syncId: string | null;
    inReintegration: boolean | null;
    inUnder18: boolean | null;
    services: number;
    /** Batches of the sync that wrote the row; null where the ledger has none. */
    writtenBy: Covering[] | null;
    /** Batches of any sync that met the record as it is in ONA, newest first, ten at most. */
    seenBy: Covering[] | null;
  };
  rejects: {
    primeroId: string;
    scope: 'case' | 'service';
    field: string;
    reason: string;
    /** Who has the case_id, where that is the reason. */
    heldBy: string | null;
    updatedInPrimero: string;
    writtenAt: string;
    syncId: string;
    batch: number;
  }[];
  /** When it was taken out because Primero no longer had it. */
  surplus: { indicator: string; syncId: string; batch: number; removedAt: string }[];
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What ledger and row say of one case: no personal data.
 * @param id its case_id, or its id in Primero (a UUID)
 * @param file path of the credentials file, for messages
 * @throws {UserError} ONA_TABLE_MISSING, and those of `withOna`
 */
export const readWhy = (ona: OnaCredential, id: string, file?: string): Promise<Why> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    const values = UUID.test(id) ? [null, id] : [id, null];
    const { rows } = await client.query<Why>(SELECT_WHY, values);
    return rows[0]!;
  });
