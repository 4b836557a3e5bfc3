import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeBoth } from '../../../support/ona.ts';
import { callCli, temporaryFolder } from '../run-cli.ts';

describeBoth('the command migrate', (ona) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  const migrate = async (...options: string[]) => {
    const file = join(folder.path, 'owner.json');
    const primero = { url: 'https://primero.example.org', user: 'u', password: 'p' };
    await writeFile(file, JSON.stringify({ primero, ona: ona.credentials }));
    return callCli(['migrate', '--credentials', file, ...options], folder.path);
  };

  test('says what each step made; again, that there is nothing to do', async () => {
    await ona.clear();
    const would = await migrate('--dry-run');
    expect(would.code).toBe(0);
    expect(would.stdout).toMatch(/^ONA at \S+ would get:\n001 cases-and-services:\n {4}tables /);
    expect(would.stdout).toMatch(/A dry run: nothing was changed\.\n$/);
    expect((await ona.query("SELECT to_regclass('cases') AS cases")).rows).toEqual([
      { cases: null },
    ]);
    const did = await migrate();
    expect(did.stdout.replace(' got:', ' would get:')).toBe(
      would.stdout.replace('A dry run: nothing was changed.\n', ''),
    );
    expect((await migrate()).stdout).toMatch(
      /^ONA at \S+ is up to date\. There is nothing to do\.\n$/,
    );
  });

  test('makes a view again that somebody dropped, and names it', async () => {
    await ona.query('DROP VIEW data_freshness');
    expect((await migrate()).stdout).toMatch(
      /got:\nmended:\n {4}view data_freshness\n {4}users who read these views must be granted that again .*\n$/,
    );
    await ona.query('SELECT FROM data_freshness');
  });

  test('leaves a column of another type as it is, and gives the SQL that changes it', async () => {
    await ona.clear();
    await ona.query('CREATE TABLE cases (case_id text PRIMARY KEY, age text)');
    const { code, stdout } = await migrate();
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Not changed, because it belongs to the ONA team. A sync needs it to be changed:\ncolumn cases.age: is of the type text, and the sync writes integer.',
    );
    const sql = [...stdout.matchAll(/^ {11}(.*;)$/gm)].map(([, statement]) => statement!);
    for (const statement of sql) await ona.query(statement);
    const { steps, left } = JSON.parse((await migrate('--json')).stdout);
    expect(left).toEqual([]);
    expect(steps).toMatchObject([{ name: 'mended', made: expect.any(Array) }]);
  });
});
