import type { Client } from 'pg';
import type { OnaCredential } from '../credentials/schema.ts';
import { withOna } from '../ona/connect.ts';
import { checkTables } from '../ona/tables.ts';
import { checkViews } from './check-views.ts';
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
import {
  SELECT_COLUMNS,
  SELECT_FRESHNESS,
  SELECT_SERVICES,
  SELECT_UNCOUNTED,
  SELECT_UNLABELLED,
  selectCells,
  selectParts,
} from './read-sql.ts';

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

const readIndicator = async (client: Client, name: IndicatorName): Promise<Indicator> => {
  const cells = await client.query<Labelled & { quarter: string; children: number }>(
    selectCells(name),
  );
  const found = await client.query<Part & { dimension: Dimension }>(selectParts(name));
  const partsOf = (wanted: Dimension): Part[] =>
    found.rows
      .filter(({ dimension }) => dimension === wanted)
      .map(({ dimension: _, ...part }) => part);
  const parts = Object.fromEntries(
    DIMENSIONS.map((dimension) => [dimension, partsOf(dimension)]),
  ) as Record<Dimension, Part[]>;
  return {
    children: sum(cells.rows.map(({ children }) => children)),
    all: sum(parts.sex.map(({ all }) => all)),
    cells: cells.rows.map(
      ({ quarter, children, value, en, km }): Cell => ({
        quarter,
        province: { value, en, km },
        children,
      }),
    ),
    parts,
  };
};

const readAll = async (client: Client): Promise<ReportData> => {
  const freshness = await client.query<Freshness>(SELECT_FRESHNESS);
  const unlabelled = await client.query<Unlabelled>(SELECT_UNLABELLED);
  const columns = await client.query<Labelled & { column: string }>(SELECT_COLUMNS);
  const services = await client.query<Part>(SELECT_SERVICES);
  const uncounted = await client.query<Labelled>(SELECT_UNCOUNTED);
  const of = (name: IndicatorName) => freshness.rows.find(({ indicator }) => indicator === name)!;
  return {
    freshness: { '4.8': of('4.8'), '4.11a': of('4.11a') },
    unlabelled: unlabelled.rows,
    indicators: {
      '4.8': await readIndicator(client, '4.8'),
      '4.11a': await readIndicator(client, '4.11a'),
    },
    services: services.rows,
    uncounted: uncounted.rows,
    columns: Object.fromEntries(
      columns.rows.map(({ column, en, km }) => [column, { value: column, en, km }]),
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
