import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { build } from 'esbuild';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { PrimeroCredential } from '../../../local/credentials/schema.ts';
import { inProject } from '../../../local/paths.ts';
import { basic } from '../../support/primero.ts';

const OUTPUT = inProject('node_modules', '.cache', 'primero-server-test', 'primero-server.mjs');
const children: ChildProcess[] = [];

beforeAll(async () => {
  await build({
    entryPoints: [inProject('local', 'primero-server.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: OUTPUT,
  });
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

type Message = {
  ready?: PrimeroCredential;
  done?: object;
  failed?: string;
};

const start = async (...args: string[]) => {
  const child = fork(OUTPUT, args, { silent: true, execArgv: [] });
  children.push(child);
  const [message] = (await once(child, 'message')) as [Message];
  return { child, message };
};

const totalAt = async (ready: NonNullable<Message['ready']>, since: string) => {
  const query = new URLSearchParams({ per: '1', last_updated_at: `${since}..` });
  const response = await fetch(`${ready.url}/api/v2/cases?${query}`, { headers: basic(ready) });
  return ((await response.json()) as { metadata: { total: number } }).metadata.total;
};

const exitOf = async (child: ChildProcess) => (await once(child, 'exit'))[0];

const QUARTER = {
  seed: 4,
  from: Date.parse('2030-01-01'),
  to: Date.parse('2030-03-01'),
  share: 0.3,
};

test('it says where it answers, with the quarters of its options played', async () => {
  const { message } = await start(
    JSON.stringify({ cases: 200, quarters: [QUARTER], password: 'p' }),
  );
  expect(message.ready!.password).toBe('p');
  expect(await totalAt(message.ready!, '2030-01-01T00:00:00Z')).toBeGreaterThan(30);
});

test('it plays a quarter when told, says so, and leaves when the parent does', async () => {
  const { child, message } = await start('--cases', '200', '--seed', '3', '--family', '2.9');
  expect(await totalAt(message.ready!, '2030-01-01T00:00:00Z')).toBe(0);
  child.send({ quarter: QUARTER });
  const [{ done }] = (await once(child, 'message')) as [Message];
  expect(done).toMatchObject({ changed: expect.any(Number) });
  expect(await totalAt(message.ready!, '2030-01-01T00:00:00Z')).toBeGreaterThan(30);
  child.disconnect();
  expect(await exitOf(child)).toBe(0);
});

test('it ends on SIGTERM, not on SIGINT', async () => {
  const { child, message } = await start('{"cases":10}');
  child.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await totalAt(message.ready!, '2000-01-01T00:00:00Z')).toBe(10);
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
});

test.each([
  [['--family', '3'], /--family must be one of 2.9, 2.12, 2.14/],
  [['--cases', 'many'], /--cases must be a whole number/],
  [['--what'], /--what/],
])('it does not start with %j, and says why', async (args, reason) => {
  const { child, message } = await start(...args);
  expect(message.failed).toMatch(reason);
  if (child.exitCode === null) await exitOf(child);
  expect(child.exitCode).toBe(1);
});
