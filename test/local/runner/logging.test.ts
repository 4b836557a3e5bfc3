import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunner, type LogLine } from '../../../local/runner/index.ts';
import { testFolder } from '../../support/test-folder.ts';
import { jobOf, workflowWith } from './workflow-folder.ts';

/** Before the first run: what a runner lets through to the console ends up here. */
const printed: unknown[][] = [];
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
  console[method] = (...args: unknown[]) => printed.push(args);

/** A stand-in for an adaptor: code outside of the sandbox that prints. */
const adaptorFolder = async (code: string): Promise<string> => {
  const folder = await testFolder();
  await writeFile(join(folder, 'index.js'), code);
  const about = { name: '@openfn/language-x', version: '1.0.0', type: 'module', main: 'index.js' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(about));
  return folder;
};

const X = '@openfn/language-x';

test('What jobs, adaptors and runtime print goes to the callback, with level, source and step', async () => {
  const folder = await adaptorFolder(
    'export const shout = (s) => { console.log("one", { a: 1 }); console.error(Object.assign(new Error("message"), { detail: "a row" })); return s; };',
  );
  const workflowPath = await jobOf(
    `import { shout } from '${X}'; export default [shout, (s) => { console.warn('careful', 2); return s; }];`,
    { adaptor: `${X}@1.0.0` },
  );
  const lines: LogLine[] = [];
  await createRunner({
    credentials: {},
    workflowPath,
    modules: { [X]: folder },
    log: (line) => lines.push(line),
  }).run('hook', {});
  expect(lines.filter(({ source }) => source !== 'runtime')).toEqual([
    { level: 'info', source: 'adaptor', step: 'only', text: 'one { a: 1 }' },
    { level: 'error', source: 'adaptor', step: 'only', text: 'message' },
    { level: 'warn', source: 'job', step: 'only', text: 'careful 2' },
  ]);
  expect(lines).toContainEqual({
    level: 'info',
    source: 'runtime',
    step: 'only',
    text: 'Starting step only',
  });
  expect(lines.some(({ text }) => /^only completed in \d+ms$/.test(text))).toBe(true);
});

test('Without a callback nothing is printed, whatever fails', async () => {
  const folder = await adaptorFolder(
    'export const shout = (s) => { console.log("a record"); throw new Error("DOWN: y"); };',
  );
  const workflowPath = await jobOf(
    `import { shout } from '${X}'; console.log('top'); export default [shout];`,
    { adaptor: `${X}@1.0.0` },
  );
  const { failed } = await createRunner({
    credentials: {},
    workflowPath,
    modules: { [X]: folder },
  }).run('hook', {});
  expect(failed).toMatchObject({ code: 'DOWN' });
  expect(printed).toEqual([]);
});

test('A callback may print to the console', async () => {
  const workflowPath = await jobOf("export default [(s) => { console.log('hello'); return s; }];");
  const log = ({ source, text }: LogLine) => source === 'job' && console.log(text);
  await createRunner({ credentials: {}, workflowPath, log }).run('hook', {});
  expect(printed.splice(0)).toEqual([['hello']]);
});

test('What the rest of the process prints meanwhile is left alone', async () => {
  const workflowPath = await jobOf(
    'export default [async (s) => { await new Promise((r) => setTimeout(r, 50)); return s; }];',
  );
  const running = createRunner({ credentials: {}, workflowPath }).run('hook', {});
  console.log('a bar');
  await running;
  expect(printed.splice(0)).toEqual([['a bar']]);
});

test('An error’s fields, which may hold a row, are neither printed nor in the result', async () => {
  const workflowPath = await workflowWith({
    one: {
      code: `export default [() => {
        const error = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (name)=(Sokha)', constraint: 'cases_pkey' });
        error.severity = 'ERROR';
        error.stack = 'Error: duplicate key\\n    at x (/node_modules/pg/lib/client.js:1:1)';
        throw error;
      }];`,
    },
  });
  const lines: LogLine[] = [];
  const { failed } = await createRunner({
    credentials: {},
    workflowPath,
    log: (line) => lines.push(line),
  }).run('hook', {});
  expect(failed).toEqual({
    step: 'one',
    code: null,
    message: 'duplicate key',
    details: { code: '23505', severity: 'ERROR', constraint: 'cases_pkey' },
  });
  expect(JSON.stringify(lines)).not.toContain('Sokha');
});

test('Two runs side by side print to their own callbacks', async () => {
  const folder = await adaptorFolder(
    'export const say = async (s) => { for (const _ of [1, 2, 3]) { await new Promise((r) => setTimeout(r, 5)); console.log(s.data); } return s; };',
  );
  const workflowPath = await jobOf(`import { say } from '${X}'; export default [say];`, {
    adaptor: `${X}@1.0.0`,
  });
  const texts = async (name: string) => {
    const lines: string[] = [];
    const log = ({ source, text }: LogLine) => source === 'adaptor' && lines.push(text);
    await createRunner({ credentials: {}, workflowPath, modules: { [X]: folder }, log }).run(
      'hook',
      { data: name },
    );
    return lines;
  };
  expect(await Promise.all([texts('a'), texts('b')])).toEqual([
    ['a', 'a', 'a'],
    ['b', 'b', 'b'],
  ]);
});
