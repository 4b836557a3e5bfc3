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

/** Runs a script in a Node of its own, with `createRunner` and the workflow's path at hand. */
const inProcess = async (workflowPath: string, flags: string[], code: string) => {
  const script = join(folder, `${Math.random()}.mjs`);
  const path = JSON.stringify(workflowPath);
  await writeFile(
    script,
    `import { createRunner } from './runner.mjs'; const workflowPath = ${path}; ${code}`,
  );
  return new Promise<string>((resolve, reject) => {
    execFile('node', [...flags, script], (error, stdout, stderr) =>
      error ? reject(error) : resolve(stdout + stderr),
    );
  });
};

const FLAGS = ['--experimental-vm-modules', '--no-warnings'];

test('Without its flag, Node is told about it in one line', async () => {
  const output = await inProcess(
    await jobOf('export default [(s) => s];'),
    [],
    `try { createRunner({ credentials: {}, workflowPath }); } catch (error) { console.log(error.message); }`,
  );
  expect(output).toBe(
    'RUNNER_FLAG_MISSING: jobs run in vm modules, and Node has none: use the npm scripts, or add the flag\n',
  );
});

test('A failed run prints nothing, and does not hold the process until its time-out', async () => {
  const workflowPath = await jobOf(
    `console.log('a record'); export default [() => { throw new Error('DOWN: y'); }];`,
  );
  const start = performance.now();
  const output = await inProcess(
    workflowPath,
    FLAGS,
    `const { run } = createRunner({ credentials: {}, workflowPath });
     console.log(JSON.stringify((await run('hook', {})).failed));`,
  );
  expect(output).toBe('{"step":"only","code":"DOWN","message":"DOWN: y"}\n');
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('The memory of a run is free after it, of a failed one too', async () => {
  const workflowPath = await jobOf(
    `export default [(s) => ({ ...s }), (s) => { if (s.fail) throw new Error('DOWN: y'); return s; }];`,
  );
  const output = await inProcess(
    workflowPath,
    [...FLAGS, '--expose-gc'],
    `const { run } = createRunner({ credentials: {}, workflowPath });
     const rows = Array.from({ length: 10_000 }, (_, i) => ({ id: 'row ' + i }));
     for (let i = 0; i < 60; i += 1) await run('hook', { fail: i % 2, rows });
     gc();
     console.log(Math.round(process.memoryUsage().heapUsed / 1e6));`,
  );
  expect(Number(output)).toBeLessThan(30);
});
