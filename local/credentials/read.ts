import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { ownCredentials } from '../own-folders.ts';
import { UserError } from '../user-error.ts';
import { type Credentials, CredentialsSchema } from './schema.ts';

/** The environment variable that names the file if no option does. */
export const CREDENTIALS_VARIABLE = 'PRIMERO_ONA_CREDENTIALS';

const EXAMPLE = 'see state/credentials.example.json';

const invalid = (what: string, next: string): UserError =>
  new UserError('CREDENTIALS_INVALID', what, next);

const parse = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the file.
    throw invalid(`${file} is not JSON`, `mend it (${EXAMPLE})`);
  }
};

/** The keys that are known beside one, by the path of that one. */
const knownIn = (path: string): object => {
  const { entries } = CredentialsSchema;
  const [part = '', key] = path.split('.');
  if (key === undefined) return entries;
  const schema = entries[part as 'primero' | 'ona' | 'inbox'];
  return 'wrapped' in schema ? schema.wrapped.entries : schema.entries;
};

/** The first key that is wrong, and what is wrong with it, but never its value. */
const explain = (issue: v.BaseIssue<unknown>, file: string): UserError => {
  const key = v.getDotPath(issue);
  if (key === null)
    return invalid(`${file} must hold { "primero": …, "ona": … }`, `mend it (${EXAMPLE})`);
  if (issue.expected === 'never')
    return invalid(
      `"${key}" in ${file} is not a known key`,
      `correct it (known keys: ${Object.keys(knownIn(key)).join(', ')})`,
    );
  const missing = issue.input === undefined;
  if (missing) return invalid(`${file} has no "${key}"`, `add it (${EXAMPLE})`);
  const problem = issue.message.startsWith('must') ? issue.message : `must be ${issue.expected}`;
  return invalid(`"${key}" in ${file} ${problem}`, `correct it (${EXAMPLE})`);
};

const isLocal = (url: URL): boolean =>
  url.hostname === 'localhost' ||
  url.hostname.endsWith('.localhost') ||
  url.hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(url.hostname);

const checkUrl = (key: string, text: string, file: string, allowHttp: boolean): void => {
  if (!URL.canParse(text)) throw invalid(`"${key}" in ${file} must be a URL`, 'correct it');
  const url = new URL(text);
  if (url.username || url.password)
    throw invalid(
      `"${key}" in ${file} must not contain a user or password`,
      'use separate keys for them',
    );
  if (url.protocol === 'https:' || isLocal(url) || allowHttp) return;
  throw invalid(
    `"${key}" in ${file} must start with https://, as children's data would travel unencrypted`,
    'correct it, or pass --allow-http if the network in between is private',
  );
};

/**
 * Checks the content of a credentials file. Errors name key and file, never a value.
 * @param file its path, for messages
 * @param allowHttp accept URLs that are neither https nor on this machine
 * @throws {UserError} CREDENTIALS_INVALID, exit code 2
 */
export const parseCredentials = (value: unknown, file: string, allowHttp: boolean): Credentials => {
  const result = v.safeParse(CredentialsSchema, value);
  if (!result.success) throw explain(result.issues[0], file);
  const { alert: _, ...credentials } = result.output;
  const { primero, inbox } = credentials;
  checkUrl('primero.url', primero.url, file, allowHttp);
  if (inbox) checkUrl('inbox.inboxUrl', inbox.inboxUrl, file, allowHttp);
  return credentials;
};

/** Remarks on credentials that are accepted. */
const notesOn = (value: unknown, file: string): string[] => {
  const { basicAuth } = Object(Object(value).primero);
  if (basicAuth === true) return [];
  const token = 'Primero allows 6 sign-ins by token a minute, and v2.11 and later give none';
  return [
    basicAuth === false
      ? `"primero.basicAuth" is false in ${file}: ${token}. Set it to true.`
      : `"primero.basicAuth" is missing in ${file}: it is taken as true here, and OpenFn takes it as false. ${token}. Add it.`,
  ];
};

/** The file that was named, else the one that the environment names, else the user's own file of an installed command. */
export const namedCredentials = (given: string | undefined): string | undefined =>
  given ?? process.env[CREDENTIALS_VARIABLE] ?? ownCredentials();

/**
 * Reads the credentials file: the one that was named, else the one that the environment names, else the user's own file of an installed command.
 * @param otherwise what else can be done if there is no file, for the message
 * @returns the credentials, the path of their file, and remarks on them
 * @throws {UserError} CREDENTIALS_MISSING or CREDENTIALS_INVALID, exit code 2
 */
export const readCredentials = async (
  given: string | undefined,
  allowHttp = false,
  otherwise = 'try `sync --sandbox`',
): Promise<{ credentials: Credentials; file: string; notes: string[] }> => {
  const file = namedCredentials(given);
  if (!file)
    throw new UserError(
      'CREDENTIALS_MISSING',
      `no credentials`,
      `pass --credentials FILE or set ${CREDENTIALS_VARIABLE} (${EXAMPLE}), or ${otherwise}`,
    );
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      'CREDENTIALS_MISSING',
      `cannot read the credentials file ${file} (${error.code})`,
      `check the path (${EXAMPLE})`,
    );
  });
  const value = parse(text, file);
  return {
    credentials: parseCredentials(value, file, allowHttp),
    file,
    notes: notesOn(value, file),
  };
};
