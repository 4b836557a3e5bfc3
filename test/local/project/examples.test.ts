import { readFile } from 'node:fs/promises';
import { getNameAndVersion } from '@openfn/runtime';
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

test('workflow.json names the newest adaptors; what is declared here differs in language-http only', async () => {
  const { steps } = await loadWorkflow(inProject('workflow.json'));
  const named = new Set(steps.flatMap(({ adaptor }) => adaptor ?? []));
  expect([...named].sort()).toEqual([
    '@openfn/language-http@7.3.2',
    '@openfn/language-postgresql@8.1.2',
    '@openfn/language-primero@4.1.2',
  ]);
  const { dependencies, peerDependencies } = await readJson('package.json');
  const declared: Record<string, string> = { ...dependencies, ...peerDependencies };
  const different = [...named]
    .map((adaptor) => getNameAndVersion(adaptor))
    .filter(({ name, version }) => declared[name] !== version);
  expect(different.map(({ name }) => [name, declared[name]])).toEqual([
    ['@openfn/language-http', '^7.2.10'],
  ]);
});
