import type { Client } from 'pg';
import type { OnaCredential } from '../credentials/schema.ts';
import { type Figure, keyOf } from '../figures/figure.ts';
import { protect } from '../figures/protect.ts';
import { countsOf, relationsOf } from '../figures/relations.ts';
import { round } from '../figures/shown.ts';
import { checkTables } from '../ona/check-tables.ts';
import { checkViews } from '../ona/check-views.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';
import type {
  Definition,
  Freshness,
  LabelKind,
  Labelled,
  Labels,
  ReportData,
  ShownFigure,
} from './data.ts';

/** What one of the statements of local/report/sql gives. */
const rowsOf = async <Row extends object>(client: Client, name: string): Promise<Row[]> => {
  const { rows } = await client.query<Row>(await readSql(`local/report/sql/${name}.sql`));
  return rows;
};

/** Pairs of indicators of which the first counts children of the second only. */
const among = (definitions: readonly Definition[]): [string, string][] =>
  definitions.flatMap((inner) =>
    definitions
      .filter(
        (outer) =>
          inner.also === outer.name &&
          (inner.needsConsent || !outer.needsConsent) &&
          !outer.byPlacement,
      )
      .map((outer): [string, string] => [inner.code, outer.code]),
  );

/** Makes exact figures safe to be published together. */
export const toShown = (
  figures: readonly Figure[],
  definitions: readonly Definition[],
): ShownFigure[] => {
  const shown = protect(countsOf(figures), relationsOf(figures, among(definitions)));
  return figures.map(({ children: _, ...cell }) => ({ ...cell, shown: shown.get(keyOf(cell))! }));
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

const readAll = async (client: Client): Promise<ReportData> => {
  const definitions = (await rowsOf<Definition>(client, 'definitions')).sort(byCode);
  const freshness = await rowsOf<Freshness>(client, 'freshness');
  const columns = await rowsOf<Labelled & { column: string }>(client, 'columns');
  const unlabelled = await rowsOf<UnlabelledRow>(client, 'unlabelled');
  return {
    definitions,
    freshness: definitions.map(({ code }) => freshness.find((each) => each.indicator === code)!),
    figures: toShown(await rowsOf<Figure>(client, 'figures'), definitions),
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
 * @throws {UserError} ONA_TABLE_MISSING, ONA_VIEW_MISSING, and those of `withOna`
 */
export const readReport = (ona: OnaCredential, file?: string): Promise<ReportData> =>
  withOna(ona, async (client) => {
    await checkTables(client, ona, file);
    await checkViews(client, file);
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const data = await readAll(client);
    await client.query('COMMIT');
    return data;
  });
