import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Project, { yamlToJson } from '@openfn/project';
import { beforeEach, expect, test } from 'vitest';
import { inProject } from '../../../local/paths.ts';
import { writeProject } from '../../../local/project.ts';
import { testFolder } from '../../support/test-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await testFolder();
});

const fromFolder = () => Project.from('fs', { root: join(folder, 'project') });
const fromYaml = async () =>
  Project.from('project', yamlToJson(await readFile(join(folder, 'project.yaml'), 'utf8')));

type Step = { id: string; next?: Record<string, { condition: string; disabled?: boolean }> };

/** Workflows and steps in an order of their own; that an edge is not disabled need not be said. */
const contentOf = ({ workflows }: Project) => {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const stepOf = ({ next, ...step }: Step) => ({
    ...step,
    next: Object.entries(next ?? {}).map(([to, { condition, disabled }]) => [
      to,
      condition,
      disabled ?? false,
    ]),
  });
  return workflows
    .map(({ id, name, start, steps }) => ({
      id,
      name,
      start,
      steps: (steps as Step[]).map(stepOf).sort(byId),
    }))
    .sort(byId);
};

test.each([false, true])(
  'the folder holds the same project as project.yaml (alert: %s)',
  async (alert) => {
    await writeProject({ folder, alert });
    const content = contentOf(await fromFolder());
    expect(content).toHaveLength(alert ? 3 : 2);
    expect(content).toEqual(contentOf(await fromYaml()));
    const code = await readFile(inProject('dist', 'jobs', '2-upsert-cases.js'), 'utf8');
    expect(JSON.stringify(content)).toContain(JSON.stringify(code).slice(1, -1).trimEnd());
  },
);

test('a workflow that is no longer built is gone from the folder', async () => {
  await writeProject({ folder, alert: true });
  await writeProject({ folder });
  expect((await fromFolder()).workflows).toHaveLength(2);
});

type State = {
  id: string;
  project_credentials: { id: string; name: string }[];
  workflows: Record<
    string,
    {
      id: string;
      jobs: Record<string, { id: string; body: string; project_credential_id: string }>;
    }
  >;
};

/** What stays the same when a project is changed rather than made anew, by name: its parts come in any order. */
const idsOf = ({ id, workflows, project_credentials: credentials }: State) => ({
  id,
  credentials: Object.fromEntries(credentials.map((each) => [each.name, each.id])),
  workflows: Object.entries(workflows)
    .flatMap(([key, { id: own, jobs }]) => [
      `${key} ${own}`,
      ...Object.entries(jobs).map(
        ([name, job]) => `${key} ${name} ${job.id} ${job.project_credential_id}`,
      ),
    ])
    .sort(),
});

test('after `openfn project pull` and a build, the project of the platform is changed, not made anew', async () => {
  // The project as the platform has it: deployed before, with jobs of an earlier version.
  await writeProject({ folder });
  const before = (await fromYaml()).serialize('state', { format: 'json' }) as unknown as State;
  for (const { jobs } of Object.values(before.workflows))
    for (const job of Object.values(jobs)) job.body = 'export default [];';
  await rm(join(folder, 'project'), { recursive: true });

  // What pull writes.
  const remote = await Project.from('state', before as never);
  for (const [name, text] of Object.entries(remote.serialize('fs') as Record<string, string>)) {
    const path = join(folder, 'project', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const pulled = await readFile(join(folder, 'project', 'openfn.yaml'), 'utf8');
  expect(pulled).toContain(before.id);

  await writeProject({ folder });
  expect(await readFile(join(folder, 'project', 'openfn.yaml'), 'utf8')).toBe(pulled);

  // What deploy sends.
  const local = await fromFolder();
  local.credentials = local.buildCredentialMap();
  const merged = Project.merge(local, remote, { mode: 'replace', force: true, onlyUpdated: true });
  const after = merged.serialize('state', { format: 'json' }) as unknown as State;
  expect(idsOf(after)).toEqual(idsOf(before));
  for (const { jobs } of Object.values(after.workflows))
    for (const { body } of Object.values(jobs)) expect(body).toMatch(/^\/\/ Made from jobs\//);
});
