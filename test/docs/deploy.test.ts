import { readFile } from 'node:fs/promises';
import { yamlToJson } from '@openfn/project';
import { expect, onTestFinished, test } from 'vitest';
import { FULL_FIELDS } from '../../jobs/lib/mapping/fields.ts';
import type { Message } from '../../jobs/lib/message.ts';
import { BATCH_BYTES, RETRY } from '../../jobs/lib/settings.ts';
import { parseCredentials } from '../../local/credentials/read.ts';
import { inProject } from '../../local/paths.ts';
import { startPrimero } from '../../local/primero/index.ts';
import { createRunner } from '../../local/runner/index.ts';
import { message } from '../support/messages.ts';

const page = await readFile(inProject('docs', 'deploy.md'), 'utf8');

const number = (text: string): number => Number(text.replaceAll(',', ''));

/** A number that the page states, by the words around it. */
const stated = (words: RegExp): number => number(words.exec(page)![1]!);

const BYTES = stated(/A record takes about ([\d,]+) bytes/);
const CARRIED = stated(/a batch carries about ([\d,]+)\./);
const FREE_BYTES = stated(/`BATCH_BYTES` to ([\d,]+), and in/);
const RECORDS_A_CASE = stated(/about ([\d.]+) records a case/);
const SECONDS = stated(/Count on (\d+) s a run/);

test('A batch carries what the page says, of the records that the sandbox has', async () => {
  const primero = await startPrimero({ cases: 6000 });
  onTestFinished(() => primero.close());
  const { url, user, password } = primero;
  const runner = createRunner({
    credentials: { primero: { url, user, password, basicAuth: true }, ona: {} },
    modules: { '@openfn/language-postgresql': 'test/support/no-database' },
  });
  const to = new Date(Date.now() - 700_000).toISOString().replace(/\.\d+/, '');
  const window = { from: '1970-01-01T00:00:00Z', to };
  const data = message({
    window,
    requests: (['reintegration', 'under18'] as const).map((indicator) => ({
      indicator,
      ...window,
    })),
  } as Partial<Message>);
  const { state, steps } = await runner.run('get-cases', { data });
  const { results } = (state as { batch?: { results: { rows: string }[] } }).batch!;
  const records = results.reduce((sum, { rows }) => sum + JSON.parse(rows).length, 0);
  expect(steps[0]!.bytes / records / BYTES).toBeGreaterThan(0.85);
  expect(steps[0]!.bytes / records / BYTES).toBeLessThan(1.15);
});

test('The table of costs follows from that', () => {
  expect(Math.round(BATCH_BYTES / BYTES / 100) * 100).toBe(CARRIED);
  const rows = [...page.matchAll(/^\| ([\d,]+) \| ([\d,| ]+) \|$/gm)].map(([, cases, rest]) =>
    [cases!, ...rest!.split(' | ')].map(number),
  );
  expect(rows.map(([cases]) => cases)).toEqual([1000, 50_000, 1_000_000]);
  for (const [cases, ...costs] of rows) {
    const records = Math.round(cases! * RECORDS_A_CASE);
    const runs = (bytes: number) => 1 + Math.ceil(records / (bytes / BYTES));
    const minutes = (count: number) => Math.max(1, Math.round((count * SECONDS) / 60));
    const core = 1 + Math.ceil(records / CARRIED);
    const free = runs(FREE_BYTES);
    expect(costs).toEqual([records, core, minutes(core), free, minutes(free)]);
  }
});

test('The settings that the page names are there', () => {
  const [, names = ''] = /in\s+`RETRY` ([\s\S]*?): a run may/.exec(page)!;
  const named = [...names.matchAll(/`(\w+)` to \d+/g)].map(([, name]) => name!);
  expect(named).toHaveLength(3);
  for (const name of named) expect(Object.keys(RETRY)).toContain(name);
});

test('The fields that the user in Primero must see are those that the sync reads', () => {
  const [, listed = ''] = /sees the forms with these fields[\s\S]*?: ([\s\S]*?)\. The sync/.exec(
    page,
  )!;
  const names = [...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
  expect(names.sort()).toEqual([...FULL_FIELDS, 'record_state'].sort());
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
  const [version] = /@openfn\/cli@[\d.]+/.exec(text)!;
  expect(page).toContain(`npm install -g ${version}`);
});
