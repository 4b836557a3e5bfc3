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

/** The newest published version of a quarter; none where it has not been published. */
export const readNewestVersion = async (
  client: Client,
  quarter: string,
): Promise<Version | undefined> =>
  (await readVersions(client)).filter((each) => each.quarter === quarter).at(-1);

/** The reasons that were noted for a quarter since a version was published: of its total, or of another cell. */
export const readChanges = async (
  client: Client,
  { quarter, syncId }: Pick<Version, 'quarter' | 'syncId'>,
  { cut, key1 }: { cut: string; key1: string } = { cut: 'quarter', key1: '' },
): Promise<Change[]> => {
  const sql = await readSql('local/figures/sql/changes.sql');
  return (await client.query<Change>(sql, [quarter, syncId, cut, key1])).rows;
};

/** Why figures differ where no reason was noted: a definition is another one now, or somebody else wrote into ONA. */
export const readRestReason = async (client: Client): Promise<string> =>
  (await client.query<{ reason: string }>(await readSql('local/figures/sql/rest-reason.sql')))
    .rows[0]!.reason;

/**
 * Why one number of a quarter has changed: the reasons that were noted, and the reason of the rest. Gained less lost is the
 * difference.
 */
export const explain = (
  { indicator, measure, published, now }: Omit<Compared, 'changes'>,
  noted: readonly Change[],
  restReason: string,
): Compared['changes'] => {
  const own = noted.filter((each) => each.indicator === indicator && each.measure === measure);
  const rest = own.reduce((sum, { gained, lost }) => sum - gained + lost, now - published);
  const changes = own.map(({ reason, gained, lost }) => ({ reason, gained, lost }));
  if (rest === 0) return changes;
  const others = changes.find(({ reason }) => reason === restReason);
  const gained = (others?.gained ?? 0) + Math.max(0, rest);
  const lost = (others?.lost ?? 0) + Math.max(0, -rest);
  return [{ reason: restReason, gained, lost }, ...changes.filter((each) => each !== others)];
};

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
    const version = await readNewestVersion(client, toQuarter(quarter));
    if (!version) throw new UserError('NOT_PUBLISHED', `${quarter} has not been published`);
    const noted = await readChanges(client, version);
    const restReason = await readRestReason(client);
    const { rows } = await client.query<Omit<Compared, 'changes'>>(
      await readSql('local/figures/sql/of-quarter.sql'),
      [quarter, version.syncId],
    );
    await client.query('COMMIT');
    const compared = rows.map((row) => ({ ...row, changes: explain(row, noted, restReason) }));
    return { version, compared };
  });
