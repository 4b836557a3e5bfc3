import type { Client } from 'pg';
import type { OnaCredential } from '../credentials/schema.ts';
import { checkTables } from '../ona/check-tables.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';
import { UserError } from '../user-error.ts';
import type { Measure } from './figure.ts';
import { toQuarter } from './publish.ts';

/** A version of a quarter that was published. */
export type Version = { quarter: string; syncId: string; publishedAt: Date; completeTo: Date };

/** Children gained and lost for one reason. */
export type Change = {
  indicator: string;
  measure: Measure;
  reason: string;
  gained: number;
  lost: number;
};

/** What was published of a quarter, what it is now, and why. */
export type Compared = {
  indicator: string;
  measure: Measure;
  published: number;
  now: number;
  changes: Omit<Change, 'indicator' | 'measure'>[];
};

/** All published versions, those of a quarter in the order of their publication. */
export const readVersions = async (client: Client): Promise<Version[]> =>
  (await client.query<Version>(await readSql('local/figures/sql/versions.sql'))).rows;

/** Why the numbers of a quarter have changed since a version was published. */
export const readChanges = async (
  client: Client,
  { quarter, syncId }: Pick<Version, 'quarter' | 'syncId'>,
): Promise<Change[]> =>
  (await client.query<Change>(await readSql('local/figures/sql/changes.sql'), [quarter, syncId]))
    .rows;

/**
 * What was published of a quarter, the newest version of it, and why its exact numbers are others now.
 * @throws {UserError} USAGE, NOT_PUBLISHED, and those of `withOna`
 */
export const compare = (
  ona: OnaCredential,
  quarter: string,
  file?: string,
): Promise<{ version: Version; compared: Compared[] }> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const all = await readVersions(client);
    const version = all.filter((each) => each.quarter === toQuarter(quarter)).at(-1);
    if (!version) throw new UserError('NOT_PUBLISHED', `${quarter} has not been published`);
    const changes = await readChanges(client, version);
    const { rows } = await client.query<Omit<Compared, 'changes'>>(
      await readSql('local/figures/sql/of-quarter.sql'),
      [quarter, version.syncId],
    );
    await client.query('COMMIT');
    const compared = rows.map((row) => ({
      ...row,
      changes: changes
        .filter(({ indicator, measure }) => indicator === row.indicator && measure === row.measure)
        .map(({ reason, gained, lost }) => ({ reason, gained, lost })),
    }));
    return { version, compared };
  });
