import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { firstMessage } from '../../../jobs/message/first.ts';
import { parseMessage } from '../../../jobs/message/parse.ts';
import { parseCredentials } from '../../../local/credentials/read.ts';
import { inProject } from '../../../local/paths.ts';
import { loadWorkflow } from '../../../local/runner/load-workflow.ts';

const readJson = async (...path: string[]) =>
  JSON.parse(await readFile(inProject(...path), 'utf8'));

test('the examples in state/ are what the jobs and the command take', async () => {
  const { data } = await readJson('state', 'get-cases.json');
  expect(parseMessage(data)).toEqual(data);
  const input = (await readJson('state', 'initiate-sync.json')).data;
  expect(firstMessage(input, 0, 0)).toMatchObject({ unlessCompleteSince: '1970-01-01T00:00:00Z' });
  const credentials = await readJson('state', 'credentials.example.json');
  expect(parseCredentials(credentials, 'example', false)).toMatchObject(credentials);
});

test('The table of docs/deploy.md has the versions of workflow.json and watch.json, and those of package.json', async () => {
  const workflows = ['workflow.json', 'watch.json'].map((name) => loadWorkflow(inProject(name)));
  const steps = (await Promise.all(workflows)).flatMap((workflow) => workflow.steps);
  const named = new Set(steps.flatMap(({ adaptor }) => adaptor ?? []));
  const { dependencies, peerDependencies } = await readJson('package.json');
  const declared: Record<string, string> = { ...dependencies, ...peerDependencies };
  const page = await readFile(inProject('docs', 'deploy.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(@openfn\/language-\w+)` \| (\S+) \| (\S+) \|/gm)];
  expect(rows.map(([, name, platform]) => `${name}@${platform}`).sort()).toEqual([...named].sort());
  for (const [, name, , here] of rows) expect(declared[name!], name).toBe(here);
});
