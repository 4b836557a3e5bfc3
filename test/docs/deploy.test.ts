import { readFile } from 'node:fs/promises';
import { yamlToJson } from '@openfn/project';
import { expect, test } from 'vitest';
import { FIELDS } from '../../jobs/mapping/fields.ts';
import { BATCH_BYTES, START_OF_RECORDS } from '../../jobs/policy.ts';
import { parseCredentials } from '../../local/credentials/read.ts';
import { inProject } from '../../local/paths.ts';
import { createRunner } from '../../local/runner/index.ts';
import { testPrimero } from '../support/primero.ts';

const page = await readFile(inProject('docs', 'deploy.md'), 'utf8');

const { data: example } = JSON.parse(await readFile(inProject('state', 'get-cases.json'), 'utf8'));
const MESSAGE = { ...example, from: START_OF_RECORDS, ask: [] };

const number = (text: string): number => Number(text.replaceAll(',', ''));

/** A number that the page states, by the words around it. */
const stated = (words: RegExp): number => number(words.exec(page)![1]!);

const BYTES = stated(/children at ([\d,]+) bytes/);
const CARRIED = stated(/about ([\d,]+) children at/);
const FREE_BYTES = stated(/`"batchBytes": (\d+)` to the credential/);
const SECONDS = stated(/minutes at (\d+) s a run/);

test('A batch carries what the page says, of the children that the sandbox has', async () => {
  const primero = await testPrimero({ cases: 9000 });
  const runner = createRunner({
    credentials: { primero: primero.credential, ona: {} },
    modules: { '@openfn/language-postgresql': 'test/support/no-database' },
  });
  const { state, steps } = await runner.run('get-cases', { data: MESSAGE });
  const { rows } = (state as { batch?: { rows: unknown[] } }).batch!;
  expect(rows.length / CARRIED).toBeGreaterThan(0.9);
  expect(rows.length / CARRIED).toBeLessThan(1.1);
  expect(steps[0]!.bytes / rows.length / BYTES).toBeGreaterThan(0.9);
  expect(steps[0]!.bytes / rows.length / BYTES).toBeLessThan(1.1);
});

test('The table of costs follows from that', () => {
  expect(Math.round(BATCH_BYTES / BYTES / 100) * 100).toBe(CARRIED);
  const rows = [...page.matchAll(/^\| ([\d,]+) \| ([\d,| ]+) \|$/gm)].map(([, children, rest]) =>
    [children!, ...rest!.split(' | ')].map(number),
  );
  expect(rows.map(([children]) => children)).toEqual([1000, 20_000, 100_000, 1_000_000]);
  for (const [children, ...costs] of rows) {
    // Job 0, and the first batch.
    const runs = (carried: number) => 2 + Math.ceil(children! / carried);
    const core = runs(CARRIED);
    expect(costs).toEqual([
      core,
      Math.max(1, Math.round((core * SECONDS) / 60)),
      runs(Math.floor(FREE_BYTES / BYTES)),
    ]);
  }
});

test('The fields that the user in Primero must see are those that the sync reads', () => {
  const [, listed = ''] = /sees the forms with these fields[\s\S]*?: ([\s\S]*?)\. The sync/.exec(
    page,
  )!;
  const names = [...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
  expect(names.sort()).toEqual([...FIELDS, 'record_state'].sort());
});

test('Every field of a credential is explained, and every credential of the workflow', async () => {
  const example = await readFile(inProject('state', 'credentials.example.json'), 'utf8');
  const credentials = JSON.parse(example);
  parseCredentials(credentials, 'the example', false);
  for (const [name, fields] of Object.entries<object>(credentials)) {
    const [row] = new RegExp(`^\\| \`${name}\` .*$`, 'm').exec(page)!;
    for (const field of Object.keys(fields)) expect(row, `${name}.${field}`).toContain(field);
  }
  const { steps } = JSON.parse(await readFile(inProject('workflow.json'), 'utf8'));
  for (const { configuration } of steps)
    if (configuration) expect(page).toContain(`| \`${configuration}\` |`);
});

test('The cron expression is the one of the workflow', async () => {
  const workflow = await readFile(inProject('workflow.json'), 'utf8');
  const { cron_expression: expression } = JSON.parse(workflow).steps[0];
  expect(page).toContain(`The cron trigger stands at \`${expression}\``);
});

test('The table of versions is what workflow.json and package.json say', async () => {
  const readJson = async (name: string) => JSON.parse(await readFile(inProject(name), 'utf8'));
  const steps: { adaptor?: string }[] = (await readJson('workflow.json')).steps;
  const { dependencies, peerDependencies } = await readJson('package.json');
  const declared: Record<string, string> = { ...dependencies, ...peerDependencies };
  const named = steps.flatMap(({ adaptor }) => adaptor?.split(/(?<=.)@/).join(' ') ?? []);
  const expected = [...new Set(named)].map((each) => {
    const [name] = each.split(' ');
    return `${each} ${declared[name!]}`;
  });
  const rows = [...page.matchAll(/^\| `(@openfn\/[\w-]+)` \| (\S+) \| (\S+) \|/gm)];
  expect(rows.map(([, ...cells]) => cells.join(' ')).sort()).toEqual(expected.sort());
});

const readYaml = async (name: string) =>
  yamlToJson(await readFile(inProject('.github', 'workflows', name), 'utf8'));

test('GitHub checks what .ci/run checks, on every push', async () => {
  const { on, jobs } = await readYaml('check.yml');
  expect(Object.keys(on)).toEqual(['push', 'pull_request']);
  expect(jobs.check.steps.at(-1)).toEqual({ run: '.ci/run' });
  const { engines } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  const matrix: { node: number; postgres: number }[] = jobs.check.strategy.matrix.include;
  const supported = [...engines.node.matchAll(/(\d+)\.\d+\.\d+/g)].map(([, major]) =>
    Number(major),
  );
  expect(matrix.map(({ node }) => node)).toEqual(supported);
  expect(page).toContain(`PostgreSQL (${matrix[0]!.postgres} or later)`);
});

test('GitHub deploys nothing unless somebody starts it, and all that it needs is explained', async () => {
  const { on, jobs } = await readYaml('deploy.yml');
  expect(Object.keys(on)).toEqual(['workflow_dispatch']);
  const text = JSON.stringify(jobs);
  const needed = [...text.matchAll(/\b(?:vars|secrets)\.(\w+)/g)].map(([, name]) => name!);
  expect(new Set(needed).size).toBe(3);
  for (const name of needed) expect(page).toContain(`\`${name}\``);
  expect(jobs.deploy.if).toMatch(/^vars\.OPENFN_PROJECT_ID != ''/);
  const runs: string[] = jobs.deploy.steps.flatMap(({ run }: { run?: string }) => run ?? []);
  const [install, ...others] = runs.filter((run) => run.includes('openfn'));
  expect(page).toContain(install!.replace('--global', '-g'));
  const deploys = others.filter((run) => run.startsWith('openfn deploy'));
  expect(deploys).toHaveLength(1);
  expect(page).toContain(`\n${deploys[0]!.replace(' --no-confirm', '')}\n\`\`\``);
  // Without it that would be another command, where a file openfn.yaml lies about.
  expect(jobs.deploy.env.PREFER_LEGACY_SYNC).toBe('1');
  expect(page).toContain('PREFER_LEGACY_SYNC=1\nopenfn deploy');
});
