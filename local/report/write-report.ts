import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OnaCredential } from '../credentials/schema.ts';
import { UserError } from '../user-error.ts';
import { readReport } from './read.ts';

export type ReportOptions = {
  /** Whether the cases are invented; false. */
  isSandbox?: boolean;
  /** Path of the credentials file, for messages. */
  credentialsFile?: string | undefined;
};

const cannotWrite = (file: string, { code }: NodeJS.ErrnoException): UserError =>
  new UserError(
    'REPORT_NOT_WRITTEN',
    `cannot write ${file} (${code})`,
    `name another file with --out`,
  );

/**
 * Writes the two indicators as one HTML file that needs nothing else: whole, or not at all.
 * @returns its size in bytes
 * @throws {UserError} ONA_TABLE_MISSING, ONA_VIEW_MISSING, REPORT_NOT_WRITTEN, and those of `withOna`
 * @example <caption>After a sync of the sandbox</caption>
 * await writeReport(credentials.ona, 'state/local/report.html', { isSandbox: true });
 */
export const writeReport = async (
  ona: OnaCredential,
  file: string,
  { isSandbox = false, credentialsFile }: ReportOptions = {},
): Promise<number> => {
  const data = await readReport(ona, credentialsFile);
  // The chart library takes half a second to load: only a report needs it.
  const { toPage } = await import('./page.ts');
  const page = toPage(data, { at: new Date(), isSandbox });
  const unfinished = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(unfinished, page, { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    throw cannotWrite(file, error as NodeJS.ErrnoException);
  }
  return Buffer.byteLength(page);
};
