import { expect, test } from 'vitest';
import { createRunner } from '../../../local/runner/index.ts';
import { workflowWith } from './workflow-folder.ts';

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

test('A run starts where it is told to', async () => {
  const workflowPath = await workflowWith({
    one: { code: 'export default [() => { throw new Error("not me"); }];', next: { two: true } },
    two: { code: 'export default [(s) => s];' },
  });
  const result = await createRunner({ credentials: {}, workflowPath }).run('two', { data: 1 });
  expect(result.steps.map(({ id }) => id)).toEqual(['two']);
});
