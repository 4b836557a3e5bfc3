import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { inProject } from '../../local/paths.ts';

test('Without openfn each test that was not run is listed; .ci/run ends with that list', async () => {
  const start = inProject('test', 'official', 'start.mjs');
  const env = { PATH: '/nowhere' };
  const { stdout } = await promisify(execFile)(process.execPath, [start], { env });
  const files = await readdir(inProject('test', 'official'));
  const official = files.filter((name) => name.endsWith('.official.ts'));
  expect(official.length).toBeGreaterThan(2);
  for (const name of official) {
    const code = await readFile(inProject('test', 'official', name), 'utf8');
    const tests = code.match(/^ *test(\.each)?\(/gm)!.length;
    expect(stdout.split(`- ${name}: `)).toHaveLength(tests + 1);
  }
  const run = await readFile(inProject('.ci', 'run'), 'utf8');
  expect(run.trimEnd().split('\n').at(-1)).toBe('npm run -s test:official');
});
