import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OnaCredential } from '../credentials/schema.ts';
import { UserError } from '../user-error.ts';
import { toCsv } from './csv.ts';
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

const cannotWrite = (file: string, { code }: NodeJS.ErrnoException): UserError =>
  new UserError('REPORT_NOT_WRITTEN', `cannot write ${file} (${code})`, 'name another file');

/** Writes a file whole, or not at all. */
const write = async (file: string, content: string | Buffer): Promise<number> => {
  const unfinished = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(unfinished, content, { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    throw cannotWrite(file, error as NodeJS.ErrnoException);
  }
  return Buffer.byteLength(content);
};

/** A file that was written, and its size in bytes. */
export type Written = { file: string; bytes: number };

/**
 * Writes the indicators as one HTML file that needs nothing else, and as spreadsheets where those are wanted; all of one
 * moment, and each whole or not at all.
 * @throws {UserError} ONA_TABLE_MISSING, ONA_VIEW_MISSING, REPORT_NOT_WRITTEN, and those of `withOna`
 * @example <caption>After a sync of the sandbox</caption>
 * await writeReport(credentials.ona, { html: 'state/local/report.html' }, { isSandbox: true });
 */
export const writeReport = async (
  ona: OnaCredential,
  { html, csv, xlsx }: { html: string; csv?: string | undefined; xlsx?: string | undefined },
  { isSandbox = false, credentialsFile, census }: ReportOptions = {},
): Promise<Written[]> => {
  const data = await readReport(ona, { file: credentialsFile, census });
  const at = new Date();
  const written: Written[] = [];
  const add = async (file: string, content: string | Buffer) => {
    written.push({ file, bytes: await write(file, content) });
  };
  // The chart library takes half a second to load: only a report needs it.
  const { toPage } = await import('./page.ts');
  await add(html, toPage(data, { at, isSandbox }));
  if (csv) await add(csv, toCsv(COLUMNS, toRows(data, at)));
  if (xlsx) {
    const { toXlsx } = await import('./xlsx.ts');
    await add(xlsx, await toXlsx(COLUMNS, toRows(data, at), toAbout(data, at)));
  }
  return written;
};
