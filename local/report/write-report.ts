import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OnaCredential } from '../credentials/schema.ts';
import { UserError } from '../user-error.ts';
import { makeReport, type ReportOptions } from './make-report.ts';

const cannotWrite = (file: string, { code }: NodeJS.ErrnoException): UserError =>
  new UserError('REPORT_NOT_WRITTEN', `cannot write ${file} (${code})`, 'name another file');

/** A file that was written, and its size in bytes. */
export type Written = { file: string; bytes: number };

/** Writes a file whole, or not at all. */
const write = async (file: string, content: string | Buffer): Promise<Written> => {
  const unfinished = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(unfinished, content, { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    throw cannotWrite(file, error as NodeJS.ErrnoException);
  }
  return { file, bytes: Buffer.byteLength(content) };
};

/** Where to, each on its own. */
export type ReportFiles = {
  html?: string | undefined;
  csv?: string | undefined;
  xlsx?: string | undefined;
};

/**
 * Writes the indicators as one HTML file that needs nothing else, and as spreadsheets; all of one moment, and each whole
 * or not at all. Without a name for the page, all three are named by the day of the sync that their numbers are of, in
 * `folder`, and `report.html` there is a copy of the page.
 * @returns what was written; the page to open is the last one
 * @throws {UserError} ONA_TABLE_MISSING, ONA_VIEW_MISSING, REPORT_NOT_WRITTEN, and those of `withOna`
 * @example <caption>After a sync of the sandbox</caption>
 * await writeReport(credentials.ona, { folder: 'state/local' }, { isSandbox: true });
 */
export const writeReport = async (
  ona: OnaCredential,
  to: ReportFiles & { folder: string },
  options: ReportOptions = {},
): Promise<Written[]> => {
  const { name, html, csv, xlsx } = await makeReport(ona, options);
  const isNamed = to.html !== undefined;
  const inFolder = (file: string) => join(to.folder, file);
  const contents: [string | undefined, string | Buffer][] = [
    [to.csv ?? (isNamed ? undefined : inFolder(`${name}.csv`)), csv],
    [to.xlsx ?? (isNamed ? undefined : inFolder(`${name}.xlsx`)), xlsx],
    [isNamed ? undefined : inFolder(`${name}.html`), html],
    [to.html ?? inFolder('report.html'), html],
  ];
  const written: Written[] = [];
  for (const [file, content] of contents)
    if (file !== undefined) written.push(await write(file, content));
  return written;
};
