import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startInbox } from '../../local/inbox/index.ts';
import { inProject } from '../../local/paths.ts';
import { testFolder } from '../support/test-folder.ts';
import { instructions } from './dockerfile.ts';

const all = instructions();
const last = Math.max(...all.map(({ stage }) => stage));
const named = (name: string) => all.filter((each) => each.name === name);

test('The image is made in two stages, and runs as a user who is not root', () => {
  expect(last).toBe(1);
  const users = named('USER').filter(({ stage }) => stage === last);
  expect(users.map(({ text }) => text)).toEqual(['node']);
  // What comes before the user's line is copied, and nothing is run there.
  const runs = all.slice(0, all.indexOf(users[0]!)).filter(({ stage }) => stage === last);
  expect(runs.map(({ name }) => name)).toEqual(['FROM', 'COPY']);
});

test('All that is copied is there, and is not left out of what Docker gets', () => {
  const sources = named('COPY')
    .filter(({ text }) => !text.startsWith('--from'))
    .flatMap(({ text }) => text.split(' ').slice(0, -1));
  expect(sources.length).toBeGreaterThan(8);
  expect(sources.filter((source) => !existsSync(inProject(source)))).toEqual([]);
  const letIn = readFileSync(inProject('.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  expect(sources.filter((source) => !letIn.includes(source.split('/')[0]!))).toEqual([]);
});

test('The health check is content with an inbox, and with nothing else', async () => {
  const { text } = named('HEALTHCHECK')[0]!;
  const [command, ...args] = JSON.parse(text.slice(text.indexOf('['))) as [string, ...string[]];
  const folder = await testFolder();
  const inbox = await startInbox({
    folder,
    apiKey: 'key',
    handle: async () => ({ ok: true }),
    validate: () => null,
  });
  const { port } = new URL(inbox.url);
  const look = () =>
    promisify(execFile)(command, args, {
      env: { ...process.env, PRIMERO_ONA_INBOX_PORT: port },
    }).then(
      () => 0,
      ({ code }) => code as number,
    );
  expect(await look()).toBe(0);
  await inbox.close();
  expect(await look()).toBe(1);
});
