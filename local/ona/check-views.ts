import type { Client } from 'pg';
import { UserError } from '../user-error.ts';
import { migrateCommand } from './check-tables.ts';

/**
 * Checks that the views and the dictionary's columns of the migrations are there.
 * @param file path of the credentials file, for the message
 * @throws {UserError} ONA_VIEW_MISSING, exit code 2
 */
export const checkViews = async (client: Client, file?: string): Promise<void> => {
  const { rows } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('data_freshness') IS NOT NULL AS there",
  );
  if (rows[0]?.there) return;
  throw new UserError(
    'ONA_VIEW_MISSING',
    `ONA has no view data_freshness`,
    `run \`${migrateCommand(file)}\``,
  );
};
