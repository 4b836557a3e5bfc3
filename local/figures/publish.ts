import type { OnaCredential } from '../credentials/schema.ts';
import { checkTables } from '../ona/check-tables.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';
import { UserError } from '../user-error.ts';

/** What came of a publication. */
export type Published = { quarter: string; syncId: string; isNew: boolean };

type Row = { syncId: string | null; isOver: boolean; isNew: boolean };

/** Checks how a quarter is written. */
export const toQuarter = (text: string): string => {
  if (/^\d{4}-Q[1-4]$/.test(text)) return text;
  throw new UserError('USAGE', `"${text}" is no quarter`, 'write it such as 2026-Q4');
};

/**
 * Marks the figures of the newest complete census as the published ones of a quarter. They never change.
 * @param file path of the credentials file, for messages
 * @throws {UserError} USAGE, FIGURES_MISSING, QUARTER_UNFINISHED, and those of `withOna`
 */
export const publish = (ona: OnaCredential, quarter: string, file?: string): Promise<Published> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    const sql = await readSql('local/figures/sql/publish.sql');
    const { rows } = await client.query<Row>(sql, [toQuarter(quarter)]);
    const { syncId, isOver, isNew } = rows[0]!;
    if (syncId === null)
      throw new UserError(
        'FIGURES_MISSING',
        'no census has been complete yet, so no figures are kept',
      );
    if (!isOver)
      throw new UserError(
        'QUARTER_UNFINISHED',
        `${quarter} was not over when the newest complete census began`,
      );
    return { quarter, syncId, isNew };
  });
