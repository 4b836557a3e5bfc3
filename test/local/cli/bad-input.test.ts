import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Credentials } from '../../../local/credentials/schema.ts';
import { type Primero, startPrimero } from '../../../local/primero/index.ts';
import { listen } from '../../support/listen.ts';
import { describeOna } from '../../support/ona.ts';
import { callCli, temporaryFolder } from './run-cli.ts';

const START = '1900-01-01T00:00:00Z';

const message = {
  type: 'primero-ona-sync/batch',
  version: 2,
  syncId: 'test-1',
  part: 1,
  batch: 1,
  from: START,
  to: null,
  ask: [],
};

/** An HTTP server that answers everything alike. */
const answering = async (
  status: number,
  body: string,
): Promise<{ url: string; server: Server }> => {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, server };
};

describeOna(
  'bad input',
  (ona) => {
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    let primero: Primero;
    let html: Awaited<ReturnType<typeof answering>>;
    let locked: Awaited<ReturnType<typeof answering>>;
    let dead: Awaited<ReturnType<typeof answering>>;
    let count = 0;

    beforeAll(async () => {
      folder = await temporaryFolder();
      primero = await startPrimero({ cases: 50 });
      html = await answering(200, '<html>Bad gateway</html>');
      locked = await answering(401, '{}');
      dead = await answering(200, '');
      dead.server.close();
    });
    afterAll(async () => {
      await primero?.close();
      html?.server.close();
      locked?.server.close();
      await folder?.remove();
    });

    const credentials = (changes: { [key in keyof Credentials]?: object } = {}) => {
      const { inbox } = changes;
      return {
        primero: { ...primero.credential, ...changes.primero },
        ona: { ...ona.credentials, ...changes.ona },
        ...(inbox && { inbox }),
      };
    };

    /** Runs the command, and holds what must hold whatever was wrong. */
    const refuse = async (args: string[], files: Record<string, unknown> = {}) => {
      const here = join(folder.path, String(count++));
      const state = join(here, 'state');
      await mkdir(here, { recursive: true });
      for (const [name, content] of Object.entries(files)) {
        const text = typeof content === 'string' ? content : JSON.stringify(content);
        await writeFile(join(here, name), text);
      }
      const paths = args.map((arg) => (arg in files ? join(here, arg) : arg));
      const { code, stdout, stderr } = await callCli(paths, state);
      // What passes is asked again, which is told; the error is the last line.
      const [line, ...before] = stderr.trim().split('\n').reverse();
      for (const each of before) expect(each).toMatch(/Asking again in \d+ s\.$/);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(stderr).not.toContain(primero.credential.password);
      expect(await readdir(state).catch(() => [])).toEqual([]);
      return { code, stdout, line: line! };
    };

    const refuseSync = (content: unknown) =>
      refuse(['sync', '--credentials', 'c.json'], { 'c.json': content });

    const refuseReplay = (content: unknown) =>
      refuse(['replay', 'm.json', '--credentials', 'c.json'], {
        'm.json': content,
        'c.json': credentials(),
      });

    test('credentials that are missing or malformed', async () => {
      const [none, migrate, noFile, noJson, noKey, plainHttp] = [
        await refuse(['sync']),
        await refuse(['migrate']),
        await refuse(['sync', '--credentials', '/no/such.json']),
        await refuseSync('{ oops'),
        await refuseSync(credentials({ ona: { host: undefined } })),
        await refuseSync(credentials({ primero: { url: 'http://primero.example' } })),
      ];
      expect(none).toMatchObject({ code: 2, line: expect.stringMatching(/--credentials FILE/) });
      expect(migrate).toMatchObject({
        code: 2,
        line: expect.stringMatching(
          /^CREDENTIALS_MISSING: .*the sandbox needs no `migrate`, as it migrates itself$/,
        ),
      });
      expect(noFile).toMatchObject({
        code: 2,
        line: expect.stringMatching(/\/no\/such\.json.*ENOENT/),
      });
      expect(noJson).toMatchObject({ code: 2, line: expect.stringMatching(/c\.json is not JSON/) });
      expect(noKey).toMatchObject({
        code: 2,
        line: expect.stringMatching(/no "ona\.host": add it/),
      });
      expect(plainHttp).toMatchObject({
        code: 2,
        line: expect.stringMatching(/"primero\.url".*https/),
      });
    });

    test('a Primero that is not there, not Primero, or lets nobody in', async () => {
      const [gone, other, wrong] = [
        await refuseSync(credentials({ primero: { url: dead.url } })),
        await refuseSync(credentials({ primero: { url: html.url } })),
        await refuseSync(credentials({ primero: { password: 'wrong' } })),
      ];
      expect(gone).toMatchObject({
        code: 1,
        line: expect.stringMatching(/^PRIMERO_UNREACHABLE: .*ECONNREFUSED.*primero\.url/),
      });
      expect(other).toMatchObject({
        code: 1,
        line: expect.stringMatching(/not Primero.*primero\.url/),
      });
      expect(wrong).toMatchObject({
        code: 2,
        line: expect.stringMatching(/^PRIMERO_SIGN_IN: .*primero\.password/),
      });
    });

    test('an ONA that is not there', async () => {
      expect(await refuseSync(credentials({ ona: { port: 1 } }))).toMatchObject({
        code: 1,
        line: expect.stringMatching(/^ONA_UNREACHABLE: .*:1\/.*ECONNREFUSED.*ona\.host/),
      });
    });

    test('an ONA without the tables', async () => {
      await ona.clear();
      const { code, line } = await refuseSync(credentials());
      expect(code).toBe(2);
      expect(line).toMatch(
        /^ONA_TABLE_MISSING: .*sync_batches.*npm run -s cli -- migrate --credentials/,
      );
    });

    test('an inbox that is not there, or refuses the key', async () => {
      const inbox = (inboxUrl: string) => credentials({ inbox: { inboxUrl, apiKey: 'any' } });
      const say = /^The inbox at .*\n/;
      const run = async (inboxUrl: string) => {
        const here = await temporaryFolder();
        const file = join(here.path, 'c.json');
        await writeFile(file, JSON.stringify(inbox(inboxUrl)));
        const ended = await callCli(['sync', '--credentials', file], join(here.path, 'state'));
        expect(await readdir(here.path)).toEqual(['c.json']);
        await here.remove();
        return { code: ended.code, line: ended.stderr.replace(say, '').trim() };
      };
      const [gone, refused] = [await run(dead.url), await run(locked.url)];
      expect(gone).toMatchObject({
        code: 1,
        line: expect.stringMatching(/^INBOX_UNREACHABLE: .*inbox\.inboxUrl.*$/),
      });
      expect(refused).toMatchObject({
        code: 2,
        line: expect.stringMatching(/^INBOX_REFUSED: .*inbox\.apiKey/),
      });
    });

    test('a message of an unknown type, version or shape, or that ends before it begins', async () => {
      const [type, version, shape, backwards, noJson, noData, unknown] = [
        await refuseReplay({ data: { ...message, type: 'other' } }),
        await refuseReplay({ data: { ...message, version: 1 } }),
        await refuseReplay({ data: { ...message, batch: 'one' } }),
        await refuseReplay({ data: { ...message, to: START } }),
        await refuseReplay('{ oops'),
        await refuseReplay(message),
        await refuse(['replay', 'no-such-id', '--credentials', 'c.json'], {
          'c.json': credentials(),
        }),
      ];
      expect(type).toMatchObject({
        code: 2,
        line: expect.stringMatching(/^MESSAGE_INVALID: .*"type"/),
      });
      expect(version).toMatchObject({ code: 2, line: expect.stringMatching(/"version"/) });
      expect(shape).toMatchObject({ code: 2, line: expect.stringMatching(/"batch"/) });
      expect(backwards).toMatchObject({
        code: 2,
        line: expect.stringMatching(/"to" is not after "from"/),
      });
      expect(noJson).toMatchObject({ code: 2, line: expect.stringMatching(/m\.json is not JSON/) });
      expect(noData).toMatchObject({ code: 2, line: expect.stringMatching(/has no "data"/) });
      expect(unknown).toMatchObject({
        code: 2,
        line: expect.stringMatching(
          /^MESSAGE_UNKNOWN: "no-such-id" is not a file, and not the id of a message/,
        ),
      });
      expect((await ona.query('SELECT 1 FROM syncs')).rowCount).toBe(0);
      expect((await ona.query('SELECT 1 FROM cases')).rowCount).toBe(0);
    });

    test('changes only, where there is no census that they could be added to', async () => {
      const refused = await refuse(['sync', '--changes-only', '--credentials', 'c.json'], {
        'c.json': credentials(),
      });
      expect(refused).toMatchObject({
        code: 2,
        line: expect.stringMatching(/^CENSUS_MISSING: there is no complete census yet/),
      });
    });
  },
  { only: 'PGlite' },
);

test('an unknown command or option, or a value that cannot be', async () => {
  const folder = await temporaryFolder();
  const run = (...args: string[]) => callCli(args, join(folder.path, 'state'));
  const [command, option, cases, family, both, lonely, json, missing, day, id] = [
    await run('snyc'),
    await run('sync', '--sandbx'),
    await run('sync', '--sandbox', '--cases', 'many'),
    await run('sync', '--sandbox', '--family', '3'),
    await run('sync', '--sandbox', '--credentials', 'c.json'),
    await run('sync', '--cases', '5'),
    await run('sync', '--nope', '--json'),
    await run('replay'),
    await run('sync', '--sandbox', '--from', '2026-02-30'),
    await run('sync', '--sandbox', '--case', 'd41f17d'),
  ];
  const all = [command, option, cases, family, both, lonely, json, missing, day, id];
  for (const { code, stderr } of all) {
    expect(code).toBe(2);
    expect(stderr).toMatch(/^USAGE: [^\n]+\n$/);
  }
  expect(command.stderr).toMatch(/unknown command 'snyc'.*sync.*--help/);
  expect(option.stderr).toMatch(/unknown option '--sandbx'.*--sandbox/);
  expect(cases.stderr).toMatch(/--cases.*whole number/);
  expect(family.stderr).toMatch(/--family.*2\.9, 2\.12, 2\.14/);
  expect(day.stderr).toMatch(/--from.*must be a day such as 2026-07-01/);
  expect(id.stderr).toMatch(/--case.*must be the UUID in the address/);
  expect(lonely.stderr).toMatch(/--cases is for the sandbox/);
  expect(JSON.parse(json.stdout)).toMatchObject({ exitCode: 2, error: { code: 'USAGE' } });
  expect(await readdir(folder.path)).toEqual([]);
  await folder.remove();
});

test('every command has help with examples', async () => {
  const commands = [[], ['sync'], ['replay'], ['inbox'], ['status'], ['sandbox'], ['migrate']];
  for (const command of commands) {
    const { code, stdout, stderr } = await callCli([...command, '--help'], '/nonexistent');
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/Examples?:\n {2}\$ npm /);
  }
});
