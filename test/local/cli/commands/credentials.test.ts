import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeAsker } from '../../../../local/cli/ask.ts';
import { type Primero, startPrimero } from '../../../../local/primero/index.ts';
import { describeOna } from '../../../support/ona.ts';
import { answersFor, initCredentials as init } from '../init-credentials.ts';
import { temporaryFolder } from '../run-cli.ts';

describeOna('credentials init', (ona) => {
  let primero: Primero;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    primero = await startPrimero({ cases: 20 });
  });
  afterAll(() => primero.close());
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  const answers = (password = primero.credential.password): string[] =>
    answersFor({ ...primero.credential, password }, ona.credentials);

  test('asks, tries, and writes a file that its owner alone can read', async () => {
    const file = join(folder.path, 'real.json');
    const { code, stdout, stderr } = await init(file, answers());
    expect(stderr).toMatch(/^Primero: address, such as \S+: \nPrimero: user: \n/);
    expect(stdout).toBe(
      `ok       Primero: signed in\nok       ONA: signed in\nWrote ${file}, which only you can read. Next: \`npm run -s cli -- check --credentials ${file}\`\n`,
    );
    expect(code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { port, host } = ona.credentials;
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      primero: { url: primero.url, basicAuth: true },
      ona: { host, port, ssl: false },
    });
    const again = await init(file, answers());
    expect(again).toMatchObject({ code: 2 });
    expect(again.stderr).toBe(`USAGE: ${file} exists already: name another file, or add --force\n`);
    expect((await init(file, answers(), '--force')).code).toBe(0);
  });

  test('writes nothing where one of them is refused, and shows no password', async () => {
    const file = join(folder.path, 'real.json');
    const { code, stdout, stderr } = await init(file, answers('wrong-marker'));
    expect(code).toBe(2);
    expect(stdout).toMatch(/^problem {2}Primero: .*refuses user or password \(401\)/);
    expect(stdout).toMatch(/Nothing was written/);
    expect(stdout + stderr).not.toContain('marker');
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('says that the input ended, and which answer is of the wrong shape', async () => {
    const file = join(folder.path, 'real.json');
    const ended = await init(file, answers().slice(0, 4));
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(
      /USAGE: the input ended before all questions were answered: nothing was written\n$/,
    );
    const wrong = await init(file, ['ftp://x', ...answers().slice(1)]);
    expect(wrong.stderr).toMatch(/CREDENTIALS_INVALID: "primero\.url" in \S+ must be a URL/);
  });
});

test('At a terminal a secret is not shown while it is typed', async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  let screen = '';
  const asker = makeAsker(input, {
    write: (text) => {
      screen += text;
    },
  });
  const name = asker.ask('Name: ');
  input.write('me\r');
  expect(await name).toBe('me');
  const secret = asker.ask('Password: ', { isSecret: true });
  input.write('a-secret\r');
  expect(await secret).toBe('a-secret');
  asker.close();
  expect(screen).toContain('me');
  expect(screen).not.toContain('secret');
});
