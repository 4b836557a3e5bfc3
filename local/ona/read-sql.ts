import { readFile } from 'node:fs/promises';
import { inProject } from '../paths.ts';

/**
 * The text of a .sql file. It is read when it is used, so a command that needs no database reads none.
 * @example <caption>From the root of the project</caption>
 * await client.query(await readSql('local/report/sql/cells.sql'));
 */
export const readSql = (path: `${string}.sql`): Promise<string> =>
  readFile(inProject(...path.split('/')), 'utf8');
