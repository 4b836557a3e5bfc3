import { join } from 'node:path';
import type { Credentials } from '../../credentials/schema.ts';
import { fillDictionary } from '../../dictionary/fill.ts';
import { writeReport } from '../../report/write-report.ts';
import { errorLine } from '../report-error.ts';
import { fromHere } from './where.ts';

/**
 * Writes the page of the sandbox's indicators, with the labels of its Primero. The sync is done by then: if the
 * page fails, the line says so.
 * @param root the sandbox's state folder
 * @param census the census that has just completed; none where the sync was of another kind
 * @returns a line that names the file, or says why there is none
 */
export const writeSandboxPage = async (
  credentials: Pick<Credentials, 'primero' | 'ona'>,
  root: string,
  census?: string,
): Promise<string> => {
  const file = join(root, 'report.html');
  try {
    await fillDictionary(credentials);
    await writeReport(credentials.ona, { folder: root }, { isSandbox: true, census });
    return `${fromHere(file)}  both indicators on a page: open it in a browser`;
  } catch (error) {
    return `no page of the indicators: ${errorLine(error).message}`;
  }
};
