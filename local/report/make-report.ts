import type { OnaCredential } from '../credentials/schema.ts';
import { toCsv } from './csv.ts';
import type { ReportData } from './data.ts';
import { readReport } from './read.ts';
import { COLUMNS, toAbout, toRows } from './sheet.ts';

export type ReportOptions = {
  /** Whether the cases are invented; false. */
  isSandbox?: boolean;
  /** Path of the credentials file, for messages. */
  credentialsFile?: string | undefined;
  /** A census that has just completed: its figures are not counted again. */
  census?: string | undefined;
};

/** The indicators as files, all of one moment; `name` is theirs, without an ending. */
export type Report = { name: string; html: string; csv: Buffer; xlsx: Buffer };

/** The day up to which the numbers go, by UTC: of the newest sync that brought something over. `at` where there is none. */
export const dayOf = ({ freshness }: Pick<ReportData, 'freshness'>, at: Date): string => {
  const times = freshness
    .map(({ changesTo, completeBeganAt }) => changesTo ?? completeBeganAt)
    .filter((each) => each !== null);
  const newest = times.length === 0 ? at.getTime() : Math.max(...times.map(Number));
  return new Date(newest).toISOString().slice(0, 10);
};

/**
 * Makes the indicators as a page that needs nothing else, and as spreadsheets, which the page carries inside.
 * @throws {UserError} ONA_TABLE_MISSING, ONA_VIEW_MISSING, and those of `withOna`
 */
export const makeReport = async (
  ona: OnaCredential,
  { isSandbox = false, credentialsFile, census }: ReportOptions = {},
): Promise<Report> => {
  const data = await readReport(ona, { file: credentialsFile, census });
  const at = new Date();
  const name = `report-${dayOf(data, at)}`;
  // The libraries of charts and of Excel files take half a second to load: only a report needs them.
  const { toPage } = await import('./page.ts');
  const { toXlsx } = await import('./xlsx.ts');
  const rows = toRows(data, at);
  const csv = Buffer.from(toCsv(COLUMNS, rows));
  const xlsx = await toXlsx(COLUMNS, rows, toAbout(data, at));
  const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const downloads = [
    { label: 'Excel', name: `${name}.xlsx`, type: excel, content: xlsx },
    { label: 'CSV', name: `${name}.csv`, type: 'text/csv', content: csv },
  ];
  return { name, html: toPage(data, { at, isSandbox, downloads }), csv, xlsx };
};
