import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunner } from '../../../local/runner/index.ts';
import { jobOf, workflowWith } from './workflow-folder.ts';

const FAILS = 'export default [() => { throw new Error("PRIMERO_DOWN: try later"); }];';

test('A trigger passes its input to its job, and the state of each job goes to the next', async () => {
  const workflowPath = await workflowWith({
    one: { code: 'export default [(s) => ({ ...s, data: s.data + 1 })];', next: { two: true } },
    two: { code: 'export default [async (s) => ({ ...s, data: s.data * 10 })];' },
  });
  const result = await createRunner({ credentials: {}, workflowPath }).run('hook', { data: 1 });
  expect(result).toMatchObject({ ok: true, failed: null, state: { data: 20 } });
  expect(result.steps.map(({ id, bytes }) => [id, bytes])).toEqual([
    ['one', '{"data":2}'.length],
    ['two', '{"data":20}'.length],
  ]);
});

test('A run starts where it is told to, and an unknown step is named', async () => {
  const workflowPath = await workflowWith({
    one: { code: FAILS, next: { two: true } },
    two: { code: 'export default [(s) => s];' },
  });
  const { run } = createRunner({ credentials: {}, workflowPath });
  expect((await run('two', { data: 1 })).steps.map(({ id }) => id)).toEqual(['two']);
  expect((await run('three', {})).failed).toEqual({
    step: null,
    code: null,
    message: 'Could not find start job: three',
  });
});

test('Each step gets its own credential, and hands none on', async () => {
  const code =
    'export default [(s) => ({ ...s, seen: [...(s.seen ?? []), s.configuration.key] })];';
  const workflowPath = await workflowWith({
    one: { code, configuration: 'primero', next: { two: true } },
    two: { code, configuration: 'ona' },
  });
  const credentials = { primero: { key: 'p' }, ona: { key: 'o' } };
  const { state } = await createRunner({ credentials, workflowPath }).run('hook', {});
  expect(state).toEqual({ data: {}, seen: ['p', 'o'] });
});

test('A credential that is missing is named, with the step that needs it', async () => {
  const workflowPath = await jobOf('export default [(s) => s];', { configuration: 'ona' });
  const result = await createRunner({ credentials: {}, workflowPath }).run('hook', {});
  expect(result).toMatchObject({ ok: false, steps: [] });
  expect(result.failed).toEqual({
    step: 'only',
    code: 'CREDENTIAL_MISSING',
    message:
      'CREDENTIAL_MISSING: step "only" needs the credential "ona": add a credential of that name to the file',
  });
});

test('State goes through JSON: between steps, and from the input', async () => {
  const workflowPath = await workflowWith({
    one: {
      code: 'export default [(s) => { s.list.push(2); return { ...s, at: new Date(0), f() {}, u: undefined }; }];',
      next: { two: true },
    },
    two: { code: 'export default [(s) => ({ ...s, keys: Object.keys(s), at: typeof s.at })];' },
  });
  const input = { list: [1] };
  const { state } = await createRunner({ credentials: {}, workflowPath }).run('hook', input);
  expect(state).toEqual({
    list: [1, 2],
    at: 'string',
    data: {},
    keys: ['list', 'data', 'at', 'configuration'],
  });
  expect(input).toEqual({ list: [1] });
});

test('A step that fails ends the chain at an edge that asks for it, and says why', async () => {
  const workflowPath = await workflowWith({
    one: { code: FAILS, next: { two: { condition: '!state.errors' } } },
    two: { code: 'export default [(s) => s];' },
  });
  const result = await createRunner({ credentials: {}, workflowPath }).run('hook', { data: 1 });
  expect(result).toMatchObject({
    ok: false,
    failed: { step: 'one', code: 'PRIMERO_DOWN', message: 'PRIMERO_DOWN: try later' },
    state: { data: 1, errors: { one: { message: 'PRIMERO_DOWN: try later' } } },
  });
  expect(result.steps.map(({ id }) => id)).toEqual(['one']);
});

test('Of two steps that fail, the first is why the run failed', async () => {
  const workflowPath = await workflowWith({
    one: { code: FAILS, next: { two: true } },
    two: { code: FAILS.replace('PRIMERO', 'ONA') },
  });
  const result = await createRunner({ credentials: {}, workflowPath }).run('hook', {});
  expect(result.failed).toMatchObject({ step: 'one', code: 'PRIMERO_DOWN' });
  expect(result.steps.map(({ id }) => id)).toEqual(['one', 'two']);
});

test('Errors that the input brings along are not this run’s', async () => {
  const workflowPath = await jobOf('export default [(s) => s];');
  const input = { errors: { other: { message: 'OLD: one' } } };
  const result = await createRunner({ credentials: {}, workflowPath }).run('hook', input);
  expect(result).toMatchObject({ ok: true, failed: null });
});

const crashes: [title: string, code: string, message: string][] = [
  ['a syntax error', 'export default [', 'SyntaxError: Unexpected end of input'],
  ['an unknown name', 'export default [() => fetch("x")];', 'ReferenceError: fetch is not defined'],
  [
    'no list of operations',
    'export default 1;',
    'InvalidExportsError: Invalid exports in job expression: exports must be an array',
  ],
  [
    'code from a string',
    'export default [() => new Function("return 1")()];',
    'Illegal eval statement detected',
  ],
  [
    'an unknown import',
    'import x from "left-pad"; export default [x];',
    'Failed to import module "left-pad"',
  ],
];

for (const [title, code, message] of crashes) {
  test(`A job with ${title} fails in the same form`, async () => {
    const workflowPath = await jobOf(code);
    const result = await createRunner({ credentials: {}, workflowPath }).run('hook', {});
    expect(result.ok).toBe(false);
    expect(result.failed).toMatchObject({ step: 'only', code: null, message });
  });
}

test('Workflow and jobs are read once', async () => {
  const workflowPath = await jobOf('export default [(s) => ({ ...s, ran: true })];');
  const { run } = createRunner({ credentials: {}, workflowPath });
  await run('hook', {});
  await rm(join(dirname(workflowPath), 'only.js'));
  expect((await run('hook', {})).state).toMatchObject({ ran: true });
});

test('An empty run costs a few milliseconds', async () => {
  const workflowPath = await jobOf('export default [(s) => s];');
  const { run } = createRunner({ credentials: {}, workflowPath });
  await run('hook', {});
  const times: number[] = [];
  for (let i = 0; i < 50; i += 1) {
    const start = performance.now();
    await run('hook', {});
    times.push(performance.now() - start);
  }
  expect(Math.min(...times)).toBeLessThan(10);
});
