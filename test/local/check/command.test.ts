import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeOna } from '../../support/ona.ts';
import { startWebServer } from '../../support/web-server.ts';
import { primeroAndFolder } from '../cli/primero-and-folder.ts';
import { callCli } from '../cli/run-cli.ts';

describeOna(
  'the command check',
  (ona) => {
    const here = primeroAndFolder({ cases: 200 });

    const check = async (password: string, ...options: string[]) => {
      const file = join(here.folder, 'real.json');
      const credentials = {
        primero: { ...here.primero.credential, password },
        ona: ona.credentials,
      };
      await writeFile(file, JSON.stringify(credentials));
      return callCli(['check', '--credentials', file, ...options], here.folder);
    };

    test('ends with 0 where all is ready, one line a thing, the verdict last', async () => {
      const { code, stdout } = await check(here.primero.credential.password);
      expect(code).toBe(0);
      const lines = stdout.trim().split('\n');
      // Some invented cases have codes that nobody labelled, as in a real Primero.
      expect(lines.pop()).toBe('Ready to sync, 1 warning.');
      expect(lines.pop()).toMatch(/^Not tried: whether ONA and Primero let .*; pages of Primero/);
      for (const line of lines)
        expect(line).toMatch(/^(ok {7}[^:]+|warning {2}codes in Primero, \w+): ./);
      expect((await ona.query('SELECT FROM syncs')).rowCount).toBe(0);
    });

    test('ends with 2 where there is a problem, and says how to mend it', async () => {
      const { code, stdout } = await check('no', '--json');
      expect(code).toBe(2);
      const { ok, problems, lines } = JSON.parse(stdout);
      expect({ ok, problems }).toEqual({ ok: false, problems: 1 });
      expect(lines[0]).toEqual({
        level: 'problem',
        about: 'Primero',
        text: `Primero at ${here.primero.url} refuses user or password (401)`,
        mend: 'correct primero.user and primero.password in the credentials file',
      });
    });

    test('says before the first request that a sign-in by token would be limited, where basicAuth is missing', async () => {
      const file = join(here.folder, 'short.json');
      const nowhere = { url: 'http://127.0.0.1:9', user: 'u', password: 'p' };
      await writeFile(file, JSON.stringify({ primero: nowhere, ona: ona.credentials }));
      const { stdout } = await callCli(['check', '--credentials', file], here.folder);
      expect(stdout.split('\n')[0]).toBe(
        `warning  credentials: "primero.basicAuth" is missing in ${file}: it is taken as true here, and OpenFn takes it as false. Primero allows 6 sign-ins by token a minute, and v2.11 and later give none. Add it.`,
      );
      const { stderr } = await callCli(['sync', '--credentials', file], here.folder);
      expect(stderr).toMatch(/^"primero\.basicAuth" is missing in .*\n(.*\n)*PRIMERO_UNREACHABLE/);
    });

    test.each([
      [{ status: 401 }, /refuses user or password \(401\)\. correct primero\.user/],
      [{ status: 403 }, /does not let this user read cases \(403\)\. let the user's role/],
      [{ status: 404 }, /answers with status 404 when asked for cases\. check primero\.url/],
      [
        { status: 429, headers: { 'retry-after': '30' } },
        /is busy or under maintenance \(429\)\. run again in 30 s$/,
      ],
      [{ status: 500 }, /is busy or under maintenance \(500\)\. run again later$/],
      [{ status: 503 }, /is busy or under maintenance \(503\)\. run again later$/],
      [{ status: 302 }, /answers with status 302 .*check primero\.url/],
      [{ status: 200, body: '<html></html>' }, /is not Primero\. check primero\.url/],
    ])('says what an answer such as %j means, and what to do', async (answer, text) => {
      const server = await startWebServer(() => answer);
      onTestFinished(async () => void (await server.close()));
      const file = join(here.folder, 'scripted.json');
      const scripted = {
        url: new URL(server.url).origin,
        user: 'a',
        password: 'b',
        basicAuth: true,
      };
      await writeFile(file, JSON.stringify({ primero: scripted, ona: ona.credentials }));
      const { code, stdout } = await callCli(['check', '--credentials', file], here.folder);
      expect(code).toBe(2);
      expect(stdout.split('\n')[0]).toMatch(
        /^problem {2}Primero: Primero at|^problem {2}Primero: what answers/,
      );
      expect(stdout.split('\n')[0]).toMatch(text);
    });

    test('without credentials, and with no sandbox up, says what to pass', async () => {
      const { code, stderr } = await callCli(['check'], join(here.folder, 'nothing'));
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^CREDENTIALS_MISSING: no credentials.*or start `npm run -s cli -- sandbox` in another terminal$/m,
      );
    });
  },
  { only: 'PGlite' },
);
