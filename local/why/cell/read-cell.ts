import type { Client } from 'pg';
import type { OnaCredential } from '../../credentials/schema.ts';
import {
  type Compared,
  explain,
  readChanges,
  readNewestVersion,
  readRestReason,
} from '../../figures/changes.ts';
import type { Measure } from '../../figures/figure.ts';
import { checkTables } from '../../ona/check-tables.ts';
import { withOna } from '../../ona/connect.ts';
import { readSql } from '../../ona/read-sql.ts';
import { mayRead, requireOfficer } from '../../ona/require-officer.ts';
import type { Definition } from '../../report/data.ts';
import { UserError } from '../../user-error.ts';
import { type Asked, findProvince, type Province } from './cell.ts';

/** A number as officers see it: exact. */
export type Exact = {
  measure: Measure;
  children: number;
  /** Who does not count, by the first reason that holds. */
  leftOut: { age: number; consent: number; placement: number };
  /** The newest published version, and why the number is another one now; null where none is published. */
  published: {
    syncId: string;
    at: Date;
    children: number;
    changes: Compared['changes'];
  } | null;
};

/** A number as everybody may see it: by province, as sums would give small ones away. */
export type Safe = { measure: Measure; province: string; shown: string };

/** What is behind a number. */
export type Cell = {
  indicator: string;
  quarter: string;
  /** Null for the whole country. */
  province: Province | null;
  rule: Definition & { uncounted: string[] };
  /** The last complete census; null before the first. */
  census: { syncId: string; beganAt: Date; butFor: string | null } | null;
  /** Exact numbers for a login that may read them, else protected ones. */
  exact: Exact[] | null;
  safe: Safe[] | null;
  /** Names for `safe`, by code. */
  provinces: Province[];
  /** The case_ids behind the number; null where they were not asked for. */
  cases: { measure: Measure; caseId: string }[] | null;
};

type ExactRow = Omit<Exact, 'leftOut' | 'published'> & Exact['leftOut'] & { published: number };

/** What an officer needs to be able to read. */
const EXACT = 'indicator_children';

const rowsOf = async <Row extends object>(client: Client, name: string, values: unknown[] = []) =>
  (await client.query<Row>(await readSql(`local/why/sql/cell-${name}.sql`), values)).rows;

const readExact = async (
  client: Client,
  [indicator, quarter, province]: readonly [string, string, string | null],
): Promise<Exact[]> => {
  const version = await readNewestVersion(client, quarter);
  const where = { cut: province === null ? 'quarter' : 'province', key1: province ?? '' };
  const noted = version ? await readChanges(client, version, where) : [];
  const restReason = await readRestReason(client);
  const key = [indicator, quarter, province, version?.syncId ?? null];
  return (await rowsOf<ExactRow>(client, 'exact', key)).map((row) => {
    const { measure, children, age, consent, placement, published } = row;
    const number = { indicator, measure, published, now: children };
    return {
      ...{ measure, children, leftOut: { age, consent, placement } },
      published: version
        ? {
            ...{ syncId: version.syncId, at: version.publishedAt, children: published },
            changes: explain(number, noted, restReason),
          }
        : null,
    };
  });
};

const readAll = async (client: Client, asked: Asked, withCases: boolean): Promise<Cell> => {
  const { indicator, quarter } = asked;
  const rules = await rowsOf<Cell['rule']>(client, 'rule');
  const rule = rules.find(({ code }) => code === indicator);
  if (!rule)
    throw new UserError(
      'USAGE',
      `"${indicator}" is no indicator`,
      `take one of ${rules.map(({ code }) => code).join(', ')}`,
    );
  const provinces = await rowsOf<Province>(client, 'provinces');
  const province = asked.province === null ? null : findProvince(asked.province, provinces);
  const key = [indicator, quarter, province?.code ?? null] as const;
  const isExact = await mayRead(client, EXACT);
  const [census = null] = await rowsOf<NonNullable<Cell['census']>>(client, 'census', [indicator]);
  const exact = isExact ? await readExact(client, key) : null;
  const safe = isExact ? null : await rowsOf<Safe>(client, 'safe', [...key]);
  const cases = withCases
    ? await rowsOf<{ measure: Measure; caseId: string }>(client, 'cases', [...key])
    : null;
  if (cases) {
    const count = new Set(cases.map(({ caseId }) => caseId)).size;
    await rowsOf(client, 'note', [
      indicator,
      quarter,
      province && (province.en ?? province.code),
      count,
    ]);
  }
  return { indicator, quarter, province, rule, census, exact, safe, provinces, cases };
};

/**
 * What is behind a number: how many, by which rule, from which sync, and how it changed; all of one moment. A login that may
 * not read exact numbers gets protected ones.
 * @param cases whether to list the cases, too: who did so is noted in the same transaction
 * @param file path of the credentials file, for messages
 * @throws {UserError} USAGE, OFFICERS_ONLY, and those of `withOna`
 */
export const readCell = (
  ona: OnaCredential,
  asked: Asked,
  { cases = false, file }: { cases?: boolean | undefined; file?: string | undefined } = {},
): Promise<Cell> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    if (cases) await requireOfficer(client, EXACT, 'the list of cases behind a number is');
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ ${cases ? '' : 'READ ONLY'}`);
    const cell = await readAll(client, asked, cases);
    await client.query('COMMIT');
    return cell;
  });
