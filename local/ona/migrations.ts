import { readdir, readFile } from 'node:fs/promises';
import { inProject } from '../paths.ts';

/**
 * What a statement of a migration makes: a table, view, type, function or index, columns of a table, or rows; or what it
 * takes from everybody.
 */
export type Made = {
  kind: 'table' | 'columns' | 'keys' | 'index' | 'type' | 'function' | 'view' | 'rows' | 'revoked';
  /** Of the table for columns and rows, else of what is made. */
  name: string;
  /** Columns that it adds. */
  columns: string[];
  sql: string;
};

/** A comment, a text, the body of a function, or the end of a statement; and whatever is between them. */
const TOKENS = /--[^\n]*|'(?:[^']|'')*'|\$\$[\s\S]*?\$\$|;|[^-'$;]+|[-$]/g;

/** The statements of a script, without comments before them. */
export const statementsIn = (script: string): string[] => {
  const statements: string[] = [];
  let statement = '';
  for (const [token] of script.matchAll(TOKENS)) {
    if (token === ';') {
      statements.push(statement.trim());
      statement = '';
    } else if (!token.startsWith('--')) statement += token;
  }
  return [...statements, statement.trim()].filter((each) => each !== '');
};

const KINDS: readonly [Made['kind'], RegExp][] = [
  ['table', /^CREATE TABLE IF NOT EXISTS (\w+)/],
  ['columns', /^ALTER TABLE (\w+)/],
  ['index', /^CREATE (?:UNIQUE )?INDEX IF NOT EXISTS (\w+)/],
  ['type', /^CREATE TYPE (\w+)/],
  ['revoked', /^REVOKE (\w+)/],
  ['function', /^CREATE (?:OR REPLACE )?FUNCTION (\w+)/],
  ['view', /^CREATE (?:OR REPLACE )?VIEW (\w+)/],
  ['keys', /^(DO)\b/],
  ['rows', /\bINSERT INTO (\w+)/],
];

/** What a statement makes. Null where it makes nothing that could be lost. */
export const madeBy = (sql: string): Made | null => {
  for (const [kind, pattern] of KINDS) {
    const name = pattern.exec(sql)?.[1];
    if (name === undefined) continue;
    const columns = [...sql.matchAll(/ADD COLUMN IF NOT EXISTS (\w+)/g)].map(([, each]) => each!);
    return { kind, name, columns, sql };
  }
  return null;
};

/** Statements of all migrations, in order. What several of them make is as the last one makes it. */
export const readMade = async (): Promise<Made[]> => {
  const folder = inProject('db', 'migrations');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const byName = new Map<string, Made>();
  for (const file of files)
    for (const sql of statementsIn(await readFile(`${folder}/${file}`, 'utf8'))) {
      const made = madeBy(sql);
      if (made === null) continue;
      const key = ['function', 'view'].includes(made.kind) ? `${made.kind} ${made.name}` : sql;
      byName.delete(key);
      byName.set(key, made);
    }
  return [...byName.values()];
};

/** Names of the views that the migrations make. */
export const viewNames = async (): Promise<string[]> =>
  (await readMade()).filter(({ kind }) => kind === 'view').map(({ name }) => name);
