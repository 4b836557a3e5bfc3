import type { Client } from 'pg';
import { readSql } from '../../ona/read-sql.ts';
import { plural } from '../../words.ts';
import { codeLines, codesInRows } from '../codes.ts';
import { about, type Line } from '../line.ts';

/** Time for going through all rows, ms. */
const LIMIT_MS = 4000;

const LATE = '57014';

/** Rows of an earlier integration: only a person removes them. */
const leftLine = ({ cases, services, census }: Record<string, number>): Line => {
  const line = about('rows of an earlier integration');
  if (cases! + services! === 0) return line.ok('none');
  const text = `${plural(cases!, 'row', 'rows')} of cases, ${plural(services!, 'row', 'rows')} of services`;
  return census
    ? line.warning(
        `${text} that match no record of Primero`,
        '`rejects --orphans` lists them, and says how to remove them.',
      )
    : line.ok(`${text}. The first census matches them with records of Primero`);
};

/** What ONA holds that a person should look at: codes without a label, and rows that Primero lacks. */
export const heldLines = async (client: Client): Promise<Line[]> => {
  await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${LIMIT_MS}`);
  try {
    const values = await client.query(await readSql('local/check/ona/values.sql'));
    const left = await client.query(await readSql('local/check/ona/left-over.sql'));
    return [...codeLines(codesInRows(values.rows), 'ONA'), leftLine(left.rows[0])];
  } catch (error) {
    if (Object(error).code !== LATE) throw error;
    const line = about('codes in ONA');
    return [
      line.untried('not counted, because it took too long', 'Check again when ONA is less busy.'),
    ];
  } finally {
    await client.query('ROLLBACK');
  }
};
