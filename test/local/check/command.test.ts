import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Primero, startPrimero } from '../../../local/primero/index.ts';
import { describeOna } from '../../support/ona.ts';
import { callCli, temporaryFolder } from '../cli/run-cli.ts';

describeOna(
  'the command check',
  (ona) => {
    let primero: Primero;
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    beforeAll(async () => {
      primero = await startPrimero({ cases: 200 });
      folder = await temporaryFolder();
    });
    afterAll(async () => {
      await primero.close();
      await folder.remove();
    });

    const check = async (password: string, ...options: string[]) => {
      const { url, user } = primero;
      const file = join(folder.path, 'real.json');
      const credentials = { primero: { url, user, password }, ona: ona.credentials };
      await writeFile(file, JSON.stringify(credentials));
      return callCli(['check', '--credentials', file, ...options], folder.path);
    };

    test('ends with 0 where all is ready, one line a thing, the verdict last', async () => {
      const { code, stdout } = await check(primero.password);
      expect(code).toBe(0);
      const lines = stdout.trim().split('\n');
      // Some invented cases have codes that nobody labelled, as in a real Primero.
      expect(lines.pop()).toBe('Ready to sync, 1 warning.');
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
        text: `Primero at ${primero.url} refuses user or password (401)`,
        mend: 'correct primero.user and primero.password in the credentials file',
      });
    });

    test('without credentials, and with no sandbox up, says what to pass', async () => {
      const { code, stderr } = await callCli(['check'], join(folder.path, 'nothing'));
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^CREDENTIALS_MISSING: no credentials.*or start `npm run -s cli -- sandbox` in another terminal$/m,
      );
    });
  },
  { only: 'PGlite' },
);
