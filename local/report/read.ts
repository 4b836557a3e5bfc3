import type { Client } from 'pg';
import type { OnaCredential } from '../credentials/schema.ts';
import { checkTables } from '../ona/check-tables.ts';
import { checkViews } from '../ona/check-views.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';
import {
  type Cell,
  DIMENSIONS,
  type Dimension,
  type Freshness,
  type Indicator,
  type IndicatorName,
  type Labelled,
  type Part,
  type ReportData,
  type Unlabelled,
} from './data.ts';

/** What one of the statements of local/report/sql gives. */
const rowsOf = async <Row extends object>(client: Client, name: string): Promise<Row[]> => {
  const { rows } = await client.query<Row>(await readSql(`local/report/sql/${name}.sql`));
  return rows;
};

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

type CellRow = Labelled & { indicator: IndicatorName; quarter: string; children: number };
type PartRow = Part & { indicator: IndicatorName; dimension: Dimension };

const toIndicator = (
  name: IndicatorName,
  allCells: readonly CellRow[],
  allParts: readonly PartRow[],
): Indicator => {
  const cells = allCells
    .filter(({ indicator }) => indicator === name)
    .map(
      ({ quarter, children, value, en, km }): Cell => ({
        quarter,
        province: { value, en, km },
        children,
      }),
    );
  const partsOf = (wanted: Dimension): Part[] =>
    allParts
      .filter(({ indicator, dimension }) => indicator === name && dimension === wanted)
      .map(({ indicator: _, dimension: __, ...part }) => part);
  const parts = Object.fromEntries(
    DIMENSIONS.map((dimension) => [dimension, partsOf(dimension)]),
  ) as Record<Dimension, Part[]>;
  return {
    children: sum(cells.map(({ children }) => children)),
    all: sum(parts.sex.map(({ all }) => all)),
    cells,
    parts,
  };
};

const readAll = async (client: Client): Promise<ReportData> => {
  const freshness = await rowsOf<Freshness>(client, 'freshness');
  const cells = await rowsOf<CellRow>(client, 'cells');
  const parts = await rowsOf<PartRow>(client, 'parts');
  const columns = await rowsOf<Labelled & { column: string }>(client, 'columns');
  const of = (name: IndicatorName) => freshness.find(({ indicator }) => indicator === name)!;
  return {
    freshness: { '4.8': of('4.8'), '4.11a': of('4.11a') },
    unlabelled: await rowsOf<Unlabelled>(client, 'unlabelled'),
    indicators: {
      '4.8': toIndicator('4.8', cells, parts),
      '4.11a': toIndicator('4.11a', cells, parts),
    },
    services: await rowsOf<Part>(client, 'services'),
    uncounted: await rowsOf<Labelled>(client, 'uncounted'),
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
