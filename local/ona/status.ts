import type { OnaCredential } from '../credentials/schema.ts';
import { checkTables } from './check-tables.ts';
import { withOna } from './connect.ts';
import { SELECT_STATUS } from './status-sql.ts';

/** First and last second, UTC, such as `["2026-07-01T00:00:00Z", "2026-09-30T23:50:00Z"]`. */
export type Span = [from: string, to: string];

export type IndicatorStatus = {
  /** What has been fully brought over. */
  covered: Span[];
  /** What is missing between the start of records and the newest window's end. */
  gaps: Span[];
  /** Primero's number of cases in the newest proof of completeness; null before the first. */
  expected: number | null;
  /** ONA's number, rejects included, in the same proof. */
  held: number | null;
  /** Whether that proof is of the newest window and holds, and none after it found a difference. */
  proven: boolean;
};

/** What the ledger says. `complete`: no gap, and the newest window is proven for both indicators. */
export type Status = {
  complete: boolean;
  indicators: { reintegration: IndicatorStatus; under18: IndicatorStatus };
  tables: { cases: number; services: number; rejects: number };
  lastSync: null | {
    syncId: string;
    /** null where only a proof is left of it */
    mode: 'sync' | 'backfill' | 'slice' | null;
    startedAt: string;
    endedAt: string;
    batches: number;
    windowTo: string;
    complete: boolean;
  };
};

/**
 * Checks that ONA answers and has the tables of the migrations.
 * Throws a `UserError`: ONA_UNREACHABLE, ONA_SIGN_IN, ONA_TABLE_MISSING, …
 */
export const checkOna = (ona: OnaCredential, file?: string): Promise<void> =>
  withOna(ona, (client) => checkTables(client, ona, file));

/** Reads the status from the ledger. Throws as `checkOna`. */
export const readStatus = (ona: OnaCredential, file?: string): Promise<Status> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    const { rows } = await client.query<Status>(SELECT_STATUS);
    return rows[0]!;
  });
