import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Project, { yamlToJson } from '@openfn/project';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProject } from '../../../local/paths.ts';
import { OWNER_PLACEHOLDER, writeProject } from '../../../local/project.ts';
import { loadWorkflow, type Step } from '../../../local/runner/load-workflow.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'project-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (options: Parameters<typeof writeProject>[0] = {}): Promise<string> => {
  await writeProject({ ...options, folder });
  return readFile(join(folder, 'project.yaml'), 'utf8');
};

const parse = (yaml: string) => Project.from('project', yamlToJson(yaml));

type Parsed = Record<string, unknown> & { id: string; next?: Record<string, Edge> };
type Edge = { condition: string; disabled?: boolean };

/** What the platform's words mean in workflow.json. */
const MEANING: Record<string, unknown> = {
  always: true,
  on_job_success: { condition: '!state.errors' },
};

/** A step of the project, in the words of workflow.json. */
const back = ({ next, configuration, ...step }: Parsed): Partial<Step> => ({
  ...step,
  ...(configuration !== undefined && { configuration: String(configuration).split('|')[1]! }),
  ...(next && {
    next: Object.fromEntries(
      Object.entries(next).map(([id, { condition, disabled }]) => [
        id,
        disabled ? 'disabled' : MEANING[condition],
      ]),
    ) as never,
  }),
});

const byId = (a: { id?: string }, b: { id?: string }) => (a.id! < b.id! ? -1 : 1);

test('Two workflows, one for each trigger, that are workflow.json step by step and edge by edge', async () => {
  const project = await parse(await write());
  const workflow = await loadWorkflow(inProject('workflow.json'));
  expect(project.workflows.map(({ name }) => name)).toEqual([
    'Primero → ONA: start',
    'Primero → ONA: batch',
  ]);
  const idsOf = (index: number) => project.workflows[index]!.steps.map(({ id }) => id).sort();
  expect(idsOf(0)).toEqual(['cron', 'initiate-sync']);
  expect(idsOf(1)).toEqual(['get-cases', 'request-next-batch', 'upsert-cases', 'webhook']);

  const parsed = project.workflows.flatMap(({ steps }) => steps) as unknown as Parsed[];
  const expected = workflow.steps.map((step) =>
    step.id === 'inbox' ? { ...step, id: 'webhook' } : step,
  );
  expect(parsed.map(back).sort(byId)).toEqual(expected.sort(byId));
});

test('The cron comes seven days running; with one job behind it, it needs no word on whose state it begins with', async () => {
  const { workflows } = yamlToJson(await write());
  const { cron } = workflows['Primero-→-ONA:-start'].triggers;
  expect(cron).toEqual({
    type: 'cron',
    enabled: true,
    cron_expression: '0 0 1-7 1,4,7,10 *',
  });
  expect(Object.keys(workflows['Primero-→-ONA:-start'].jobs)).toEqual(['Initiate-sync']);
});

test('Every key is the one that the platform gives when it exports the project', async () => {
  const { credentials, workflows } = yamlToJson(await write({ owner: 'sok@mosvy.example' }));
  expect(Object.keys(credentials)).toEqual([
    'sok@mosvy.example-inbox',
    'sok@mosvy.example-primero',
    'sok@mosvy.example-ona',
  ]);
  const { jobs, edges } = workflows['Primero-→-ONA:-batch'];
  expect(Object.keys(jobs).sort()).toEqual(['Get-cases', 'Request-next-batch', 'Upsert-cases']);
  expect(jobs['Upsert-cases'].credential).toBe('sok@mosvy.example-ona');
  for (const [key, edge] of Object.entries<Record<string, string>>(edges))
    expect(key).toBe(`${edge.source_trigger ?? edge.source_job}->${edge.target_job}`);
});

test('The same sources give the same file, with no secret and one placeholder, which is explained', async () => {
  const yaml = await write();
  expect(await write()).toBe(yaml);
  expect(await readFile(inProject('dist', 'project.yaml'), 'utf8')).toBe(yaml);
  const { credentials, workflows } = yamlToJson(yaml);
  for (const credential of Object.values<object>(credentials))
    expect(Object.keys(credential)).toEqual(['name', 'owner']);
  const withoutBody = (key: string, value: unknown) => (key === 'body' ? undefined : value);
  const outside = JSON.stringify({ credentials, workflows }, withoutBody);
  const placeholders = new Set(
    outside.match(/[\w.@-]*example\.\w+|TODO|CHANGE_?ME|<[^>]+>|YOUR_\w+/gi),
  );
  for (const each of placeholders) expect(each).toContain(OWNER_PLACEHOLDER);
  expect(await readFile(inProject('docs', 'deploy.md'), 'utf8')).toContain(OWNER_PLACEHOLDER);
});

test('With --alert, and only then, it has the workflow that watches, which is watch.json step by step', async () => {
  expect(await write()).not.toContain('watch');
  const project = await parse(await write({ alert: true }));
  expect(project.workflows.map(({ name }) => name)).toEqual([
    'Primero → ONA: start',
    'Primero → ONA: batch',
    'Primero → ONA: watch',
  ]);
  const steps = project.workflows[2]!.steps as unknown as Parsed[];
  const withoutReport = ({ next, ...step }: Parsed): Parsed => {
    const { 'report-failure': _, ...others } = next ?? {};
    return { ...step, ...(Object.keys(others).length > 0 && { next: others }) };
  };
  const watching = steps.filter(({ id }) => id !== 'report-failure').map(withoutReport);
  const workflow = await loadWorkflow(inProject('watch.json'));
  expect(watching.map(back).sort(byId)).toEqual(workflow.steps.sort(byId));
});

test('With --alert, and only then, a failure of any job is reported', async () => {
  expect(await write()).not.toContain('Report-failure');
  const { workflows, credentials } = yamlToJson(await write({ alert: true }));
  expect(Object.keys(credentials)).toContain(`${OWNER_PLACEHOLDER}-alert`);
  expect(Object.keys(workflows)).toHaveLength(3);
  for (const { jobs, edges } of Object.values<Record<string, Record<string, Edge>>>(workflows)) {
    const sources = Object.keys(jobs!).filter((key) => key !== 'Report-failure');
    const { adaptor } = jobs!['Report-failure'] as unknown as { adaptor: string };
    expect(await readFile(inProject('workflow.json'), 'utf8')).toContain(`"${adaptor}"`);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources)
      expect(edges![`${source}->Report-failure`]).toMatchObject({
        enabled: true,
        condition_type: 'on_job_failure',
      });
  }
});

test('A condition that the platform has no word for is refused', async () => {
  const { splitWorkflow } = await import('../../../local/project/split-workflow.ts');
  const steps = [
    { id: 'cron', type: 'cron', next: { a: true } },
    { id: 'a', expression: '', next: { b: { condition: 'state.data.more' } } },
    { id: 'b', expression: '' },
  ];
  expect(() => splitWorkflow({ steps })).toThrow(/PROJECT_CONDITION: .* after "a"/);
});
