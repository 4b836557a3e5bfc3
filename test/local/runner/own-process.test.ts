import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { inProject } from '../../../local/paths.ts';
import { jobOf } from './workflow-folder.ts';

let folder: string;

beforeAll(async () => {
  const cache = inProject('node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'runner-'));
  const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external' } as const;
  const entryPoints = [inProject('local', 'runner', 'index.ts')];
  await build({ ...options, entryPoints, outfile: join(folder, 'runner.mjs') });
  return () => rm(folder, { recursive: true });
});

/** Runs a workflow in a Node of its own; what it prints ends with the result's `failed` as JSON. */
const inProcess = async (workflowPath: string, flags: string[]) => {
  const script = join(folder, `${Math.random()}.mjs`);
  await writeFile(
    script,
    `import { createRunner } from './runner.mjs';
     try {
       const { run } = createRunner({ credentials: {}, workflowPath: ${JSON.stringify(workflowPath)} });
       console.log(JSON.stringify((await run('hook', {})).failed));
     } catch (error) {
       console.log(error.message);
     }`,
  );
  const start = performance.now();
  const output = await new Promise<string>((resolve, reject) => {
    execFile('node', [...flags, script], (error, stdout, stderr) =>
      error ? reject(error) : resolve(stdout + stderr),
    );
  });
  return { output, ms: performance.now() - start };
};

test('Without its flag, Node is told about it in one line', async () => {
  const { output } = await inProcess(await jobOf('export default [(s) => s];'), []);
  expect(output).toBe(
    'RUNNER_FLAG_MISSING: jobs run in vm modules; start Node with --experimental-vm-modules\n',
  );
});

test('A failed run prints nothing, and does not hold the process until its time-out', async () => {
  const workflowPath = await jobOf(
    `console.log('a record'); export default [() => { throw new Error('DOWN: y'); }];`,
  );
  const flags = ['--experimental-vm-modules', '--no-warnings'];
  const { output, ms } = await inProcess(workflowPath, flags);
  expect(output).toBe('{"step":"only","code":"DOWN","message":"DOWN: y"}\n');
  expect(ms).toBeLessThan(10_000);
});
