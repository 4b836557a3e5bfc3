import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { ownCredentials } from '../own-folders.ts';
import { UserError } from '../user-error.ts';
import { type Credentials, CredentialsSchema } from './schema.ts';

/** Names the file where no option does. */
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

/** The first key that is wrong, and how: never its value. */
const explain = (issue: v.BaseIssue<unknown>, file: string): UserError => {
  const key = v.getDotPath(issue);
  if (key === null)
    return invalid(`${file} must hold { "primero": …, "ona": … }`, `mend it (${EXAMPLE})`);
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
    throw invalid(`"${key}" in ${file} must not hold a user or password`, 'use keys of their own');
  if (url.protocol === 'https:' || isLocal(url) || allowHttp) return;
  throw invalid(
    `"${key}" in ${file} must start with https://, as children's data would travel unencrypted`,
    'correct it, or pass --allow-http if the network between is your own',
  );
};

/**
 * Checks the content of a credentials file. Errors name key and file, never a value.
 * @param file its path, for messages
 * @param allowHttp take URLs that are neither https nor on this machine
 * @throws {UserError} CREDENTIALS_INVALID, exit code 2
 */
export const parseCredentials = (value: unknown, file: string, allowHttp: boolean): Credentials => {
  const result = v.safeParse(CredentialsSchema, value);
  if (!result.success) throw explain(result.issues[0], file);
  const { primero, inbox } = result.output;
  checkUrl('primero.url', primero.url, file, allowHttp);
  if (inbox) checkUrl('inbox.inboxUrl', inbox.inboxUrl, file, allowHttp);
  return result.output;
};

/** The file that is given, that the environment names, or one's own of an installed command; none else. */
export const namedCredentials = (given: string | undefined): string | undefined =>
  given ?? process.env[CREDENTIALS_VARIABLE] ?? ownCredentials();

/**
 * Reads the credentials file: the one given, else the one that the environment names, else one's own of an installed command.
 * @param otherwise what else works where there is none, for the message
 * @returns the credentials, and the path that they came from
 * @throws {UserError} CREDENTIALS_MISSING or CREDENTIALS_INVALID, exit code 2
 */
export const readCredentials = async (
  given: string | undefined,
  allowHttp = false,
  otherwise = 'try `sync --sandbox`',
): Promise<{ credentials: Credentials; file: string }> => {
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
  return { credentials: parseCredentials(parse(text, file), file, allowHttp), file };
};
