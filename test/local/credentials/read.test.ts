import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CREDENTIALS_VARIABLE,
  parseCredentials,
  readCredentials,
} from '../../../local/credentials/read.ts';

const valid = {
  primero: { url: 'https://primero.example', user: 'sync', password: 'pw-marker' },
  ona: { host: 'db.example', database: 'ona', user: 'sync', password: 'pw-marker' },
  inbox: { inboxUrl: 'https://app.openfn.example/i/x', apiKey: 'key-marker' },
};

/** `valid` with one key changed; undefined takes it away. */
const withKey = (path: string, value: unknown): unknown => {
  const copy = structuredClone(valid) as Record<string, Record<string, unknown>>;
  const [part, key] = path.split('.') as [string, string?];
  if (key === undefined) copy[part] = value as Record<string, unknown>;
  else copy[part]![key] = value;
  return JSON.parse(JSON.stringify(copy));
};

const messageOf = (value: unknown, allowHttp = false): string => {
  try {
    parseCredentials(value, 'c.json', allowHttp);
    return 'accepted';
  } catch (error) {
    expect(error).toMatchObject({ name: 'UserError', exitCode: 2 });
    return (error as Error).message;
  }
};

describe('parseCredentials', () => {
  test('fills in what is usual: Basic sign-in, and the port of PostgreSQL', () => {
    expect(parseCredentials(valid, 'c.json', false)).toMatchObject({
      primero: { basicAuth: true },
      ona: { port: 5432 },
    });
  });

  test('hands on the size of a batch, where it says one', () => {
    const { primero } = parseCredentials(withKey('primero.batchBytes', 400_000), 'c.json', false);
    expect(primero.batchBytes).toBe(400_000);
  });

  test('needs no inbox', () => {
    expect(messageOf(withKey('inbox', undefined))).toBe('accepted');
  });

  test.each([
    ['primero', undefined, /^CREDENTIALS_INVALID: c\.json has no "primero": add it/],
    ['primero.url', undefined, /has no "primero\.url": add it/],
    ['primero.url', 'primero.example', /"primero\.url" in c\.json must be a URL that starts with/],
    ['primero.url', 'https://', /"primero\.url" in c\.json must be a URL/],
    ['primero.url', 'https://me:pw-marker@x.example', /must not contain a user or password/],
    [
      'primero.url',
      'https://primero.example/',
      /"primero\.url" in c\.json must not end with a slash.*: correct it/,
    ],
    ['primero.user', '', /"primero\.user" in c\.json must not be empty/],
    ['primero.password', undefined, /has no "primero\.password"/],
    [
      'primero.basicauth',
      true,
      /"primero\.basicauth" in c\.json is not a known key: correct it \(known keys: url, user, password, basicAuth/,
    ],
    ['ona.sll', true, /"ona\.sll" in c\.json is not a known key: .*allowSelfSignedCert/],
    ['inbx', {}, /"inbx" in c\.json is not a known key: .*primero, ona, inbox, alert/],
    ['inbox.apikey', 'key-marker', /"inbox\.apikey" .*known keys: inboxUrl, apiKey/],
    ['primero.basicAuth', 'yes', /"primero\.basicAuth" in c\.json must be true or false/],
    ['primero.batchBytes', '400000', /"primero\.batchBytes" in c\.json must be a number of bytes/],
    ['primero.batchBytes', 0, /"primero\.batchBytes" in c\.json must be a number of bytes/],
    ['ona', undefined, /has no "ona"/],
    ['ona.host', 5, /"ona\.host" in c\.json must be text/],
    ['ona.port', 'five', /"ona\.port" in c\.json must be a port/],
    ['ona.port', 70_000, /"ona\.port" in c\.json must be a port/],
    ['ona.database', undefined, /has no "ona\.database"/],
    ['inbox.apiKey', undefined, /has no "inbox\.apiKey"/],
    ['inbox.apiKey', '', /"inbox\.apiKey" in c\.json must not be empty/],
  ])('names the key %s when it is %j', (path, value, message) => {
    const text = messageOf(withKey(path, value));
    expect(text).toMatch(message);
    expect(text).not.toMatch(/marker/);
    expect(text).not.toMatch(/\n/);
  });

  test.each(['primero.url', 'inbox.inboxUrl'])(
    'refuses plain http to another machine in %s',
    (path) => {
      const http = withKey(path, 'http://elsewhere.example/x');
      expect(messageOf(http)).toMatch(`"${path}" in c.json must start with https://`);
      expect(messageOf(http)).toMatch('--allow-http');
      expect(messageOf(http, true)).toBe('accepted');
    },
  );

  test.each(['http://localhost:3000', 'http://127.0.0.1:1', 'http://[::1]:8'])(
    'takes plain http on this machine: %s',
    (url) => {
      expect(messageOf(withKey('primero.url', url))).toBe('accepted');
    },
  );

  test('is not deceived by a name that begins like this machine', () => {
    expect(messageOf(withKey('primero.url', 'http://127.0.0.1.evil.example'))).toMatch('https://');
    expect(messageOf(withKey('primero.url', 'http://localhost.evil.example'))).toMatch('https://');
  });

  test.each([null, 5, [], 'text'])('refuses a file that holds %j', (value) => {
    expect(messageOf(value)).toMatch(/^CREDENTIALS_INVALID: /);
  });
});

describe('readCredentials', () => {
  let folder: string;
  const before = process.env[CREDENTIALS_VARIABLE];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'credentials-'));
    delete process.env[CREDENTIALS_VARIABLE];
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    if (before === undefined) delete process.env[CREDENTIALS_VARIABLE];
    else process.env[CREDENTIALS_VARIABLE] = before;
  });

  test('says how to give a file when there is none', async () => {
    await expect(readCredentials(undefined)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^CREDENTIALS_MISSING: .*--credentials FILE.*sync --sandbox/),
    });
  });

  test('takes the file that the environment names, and the option before it', async () => {
    const file = join(folder, 'a.json');
    await writeFile(file, JSON.stringify(valid));
    process.env[CREDENTIALS_VARIABLE] = file;
    expect((await readCredentials(undefined)).file).toBe(file);
    await expect(readCredentials('/no/such.json')).rejects.toThrow(
      /^CREDENTIALS_MISSING: cannot read the credentials file \/no\/such\.json \(ENOENT\)/,
    );
  });

  test('quotes nothing of a file that is not JSON', async () => {
    const file = join(folder, 'a.json');
    await writeFile(file, '{ "password": "pw-marker" oops');
    const reading = readCredentials(file);
    await expect(reading).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID', exitCode: 2 });
    await expect(reading).rejects.not.toThrow(/marker/);
  });
});
