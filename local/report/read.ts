import type { Client } from 'pg';
import type { OnaCredential } from '../credentials/schema.ts';
import type { Figure } from '../figures/figure.ts';
import { round } from '../figures/shown.ts';
import { checkTables } from '../ona/check-tables.ts';
import { checkViews } from '../ona/check-views.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';
import type { Definition, Freshness, LabelKind, Labelled, Labels, ReportData } from './data.ts';
import { readKept, readVersionsOf } from './versions.ts';

/** What one of the statements of local/report/sql gives. */
const rowsOf = async <Row extends object>(client: Client, name: string): Promise<Row[]> => {
  const { rows } = await client.query<Row>(await readSql(`local/report/sql/${name}.sql`));
  return rows;
};

const toLabels = (rows: readonly (Labelled & { kind: LabelKind })[]): Labels => {
  const labels: { [kind in LabelKind]: Map<string, Labelled> } = {
    province: new Map(),
    district: new Map(),
    sex: new Map(),
    age_group: new Map(),
    disabled: new Map(),
    placement_type: new Map(),
  };
  for (const { kind, ...each } of rows) labels[kind].set(each.value!, each);
  return labels;
};

type UnlabelledRow = { column: string; value: string | null; '4.8': number; '4.11a': number };

/** 4.8 comes before 4.11a. */
const byCode = (a: { code: string }, b: { code: string }): number =>
  a.code.localeCompare(b.code, 'en', { numeric: true });

const readAll = async (client: Client, census?: string): Promise<ReportData> => {
  const figures = census ? await readKept(client, census) : await rowsOf<Figure>(client, 'figures');
  const definitions = (await rowsOf<Definition>(client, 'definitions')).sort(byCode);
  const freshness = await rowsOf<Freshness>(client, 'freshness');
  const columns = await rowsOf<Labelled & { column: string }>(client, 'columns');
  const unlabelled = await rowsOf<UnlabelledRow>(client, 'unlabelled');
  return {
    definitions,
    freshness: definitions.map(({ code }) => freshness.find((each) => each.indicator === code)!),
    ...(await readVersionsOf(client, figures, definitions)),
    labels: toLabels(await rowsOf<Labelled & { kind: LabelKind }>(client, 'labels')),
    uncounted: await rowsOf<Labelled>(client, 'uncounted'),
    unlabelled: unlabelled.map((row) => ({
      ...row,
      '4.8': round(row['4.8']),
      '4.11a': round(row['4.11a']),
    })),
    columns: Object.fromEntries(
      columns.map(({ column, en, km }) => [column, { value: column, en, km }]),
    ),
  };
};

/**
 * Reads what the page shows, all of one moment: a sync that writes meanwhile changes nothing in it.
 * @param file path of the credentials file, for messages
 * @param census a census after which nothing was written: the figures are those that it kept, and are not counted again
 * @throws {UserError} ONA_TABLE_MISSING, ONA_VIEW_MISSING, and those of `withOna`
 */
export const readReport = (
  ona: OnaCredential,
  { file, census }: { file?: string | undefined; census?: string | undefined } = {},
): Promise<ReportData> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    await checkViews(client, file);
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const data = await readAll(client, census);
    await client.query('COMMIT');
    return data;
  });
