import { expect, test } from 'vitest';
import { createRunner } from '../../../local/runner/index.ts';
import { jobOf, workflowWith } from './workflow-folder.ts';

/** Jobs say where they are with `console.log`, and the test acts on it. */
const acting = (workflowPath: string, on: Record<string, () => void>, more = {}) => {
  const said: string[] = [];
  const { run } = createRunner({
    credentials: {},
    workflowPath,
    log: ({ source, text }) => {
      if (source !== 'job') return;
      said.push(text);
      on[text]?.();
    },
    ...more,
  });
  return { run, said };
};

const say = (...texts: string[]) =>
  `export default [${texts.map((text) => `(s) => { console.log('${text}'); return s; }`).join(', ')}];`;

test('A signal stops a run before its next step', async () => {
  const stop = new AbortController();
  const workflowPath = await workflowWith({
    one: { code: say('one'), next: { two: true } },
    two: { code: say('two') },
  });
  const on = { one: () => stop.abort() };
  const { run, said } = acting(workflowPath, on, { signal: stop.signal });
  const result = await run('hook', { data: 7 });
  expect(said).toEqual(['one']);
  expect(result).toMatchObject({
    ok: false,
    failed: { step: 'two', code: 'INTERRUPTED' },
    state: { data: 7 },
  });
  expect(result.steps.map(({ id }) => id)).toEqual(['one']);
});

test('A signal stops a step before its next operation, and the chain with it', async () => {
  const stop = new AbortController();
  const workflowPath = await workflowWith({
    one: { code: say('a', 'b', 'c'), next: { two: { condition: '!state.errors' } } },
    two: { code: say('two') },
  });
  const { run, said } = acting(workflowPath, { b: () => stop.abort() }, { signal: stop.signal });
  const result = await run('hook', {});
  expect(said).toEqual(['a', 'b']);
  expect(result).toMatchObject({ ok: false, failed: { step: 'one', code: 'INTERRUPTED' } });
});

test('A signal that was there before starts nothing', async () => {
  const { run, said } = acting(await jobOf(say('one')), {}, { signal: AbortSignal.abort() });
  expect(await run('hook', {})).toMatchObject({ ok: false, failed: { code: 'INTERRUPTED' } });
  expect(said).toEqual([]);
});

test('A run that takes too long ends there, and its job goes no further', async () => {
  const code = `export default [
    async (s) => { await new Promise((r) => setTimeout(r, 800)); console.log('slept'); return s; },
    (s) => { console.log('too late'); return s; },
  ];`;
  const workflowPath = await jobOf(code);
  const { run, said } = acting(workflowPath, {}, { timeoutMs: 400 });
  const result = await run('hook', { data: 1 });
  expect(result.failed).toEqual({
    step: 'only',
    code: 'RUN_TIMEOUT',
    message:
      'RUN_TIMEOUT: the run took longer than 0.4 s: run again. If it happens again, make batches smaller (`batchBytes` in the credential "primero")',
  });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(said).toEqual(['slept']);
  expect(result.steps).toEqual([]);
});

test('A run that took too long does not start its next step', async () => {
  const workflowPath = await workflowWith({
    one: {
      code: 'export default [async (s) => { await new Promise((r) => setTimeout(r, 800)); return s; }];',
      next: { two: true },
    },
    two: { code: `console.log('loaded'); ${say('ran')}` },
  });
  const { run, said } = acting(workflowPath, {}, { timeoutMs: 400 });
  expect((await run('hook', {})).failed).toMatchObject({ step: 'one', code: 'RUN_TIMEOUT' });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(said).toEqual([]);
});
