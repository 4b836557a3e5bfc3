import type { Client } from 'pg';
import type { OnaCredential } from '../credentials/schema.ts';
import { readChanges, readVersions } from '../figures/changes.ts';
import type { Figure } from '../figures/figure.ts';
import { type ShownFigure, toShownTogether } from '../figures/safe.ts';
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
  Published,
  ReportData,
} from './data.ts';

/** What one of the statements of local/report/sql gives. */
const rowsOf = async <Row extends object>(client: Client, name: string): Promise<Row[]> => {
  const { rows } = await client.query<Row>(await readSql(`local/report/sql/${name}.sql`));
  return rows;
};

/** Pairs of indicators of which the first counts children of the second only. */
export const among = (definitions: readonly Definition[]): [string, string][] =>
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

type Versions = { figures: ShownFigure[]; published: Published[] };

/** Figures of now and of published versions, all of them safe to be shown together. */
const readVersionsOf = async (
  client: Client,
  now: readonly Figure[],
  definitions: readonly Definition[],
): Promise<Versions> => {
  const sql = await readSql('local/figures/sql/of-version.sql');
  const versions = await Promise.all(
    (await readVersions(client)).map(async (version) => {
      const changes = await readChanges(client, version);
      const { rows: figures } = await client.query<Figure>(sql, [version.syncId]);
      const changesOf = ({ indicator, measure }: Omit<Published, 'shown' | 'reasons'> | Figure) =>
        changes.filter((each) => each.indicator === indicator && each.measure === measure);
      const isUnchanged = (total: Figure) => changesOf(total).length === 0;
      return { ...version, figures, changesOf, isUnchanged };
    }),
  );
  const shown = toShownTogether(now, versions, among(definitions));
  const published = new Map<string, Published>();
  versions.forEach(({ quarter, publishedAt, changesOf }, n) => {
    for (const { code: indicator, measures } of definitions)
      for (const measure of measures) {
        const total = shown.versions[n]!.find(
          (each) =>
            each.cut === 'quarter' &&
            each.period === quarter &&
            each.indicator === indicator &&
            each.measure === measure,
        );
        const own = { indicator, measure, quarter, publishedAt };
        published.set(`${indicator} ${measure} ${quarter}`, {
          ...own,
          shown: total?.shown ?? round(0),
          reasons: changesOf(own).map(({ reason }) => reason),
        });
      }
  });
  return { figures: shown.now, published: [...published.values()] };
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
    ...(await readVersionsOf(client, await rowsOf<Figure>(client, 'figures'), definitions)),
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
