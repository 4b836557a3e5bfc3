import { expect, test } from 'vitest';
import getCases from '../../jobs/1-get-cases.ts';
import upsertCases from '../../jobs/2-upsert-cases.ts';
import type { Message } from '../../jobs/message/message.ts';
import { TAINT } from '../../local/primero/index.ts';
import { createRunner, type RunResult, type State } from '../../local/runner/index.ts';
import { firstMessage } from '../jobs/message/messages.ts';
import { builtStep, workflowWith } from '../local/runner/workflow-folder.ts';
import { describeOna } from '../support/ona.ts';
import { testPrimero } from '../support/primero.ts';
import { MAPPED } from './leaks.ts';

describeOna('a run that fails', (ona) => {
  /** Runs a built job in OpenFn's runtime, as far as a number of its operations: then it fails. */
  const prepare = async () => {
    const primero = await testPrimero({ cases: 40 });
    for (let index = 0; index < 40; index += 1)
      primero.store.update(index, {
        changes: { sex: `${MAPPED}-${index}`, location_current: MAPPED, age: 9 },
      });
    const credentials = {
      primero: primero.credential,
      ona: { ...ona.credentials },
    };
    return async (
      job: 'get-cases' | 'upsert-cases',
      input: State,
      upTo?: number,
    ): Promise<RunResult> => {
      const step = await builtStep(job);
      const failing = `${step.code.replace('export default [', 'const operations = [')}
        const fail = () => { throw new Error('stopped'); };
        export default [...operations.slice(0, ${upTo}), fail];`;
      const code = upTo === undefined ? step.code : failing;
      const workflowPath = await workflowWith({ [job]: { ...step, code } });
      return createRunner({ credentials, workflowPath }).run(job, structuredClone(input));
    };
  };

  test('leaves nothing of a child in its final state, whichever operation of jobs 1 and 2 it fails at', async () => {
    const run = await prepare();
    const begun = await run('get-cases', { data: firstMessage() });
    const first = await run('upsert-cases', begun.state!);
    const [data] = (first.state!.data as { next: Message[] }).next;
    const batch = (await run('get-cases', { data })).state!;
    expect(JSON.stringify(batch).split(MAPPED).length).toBeGreaterThan(40);

    const left: [number, RunResult][] = [];
    for (let count = 0; count <= getCases.length; count += 1)
      left.push([count, await run('get-cases', { data }, count)]);
    // Its first operation takes the records out of the state.
    for (let count = 1; count <= upsertCases.length; count += 1)
      left.push([count, await run('upsert-cases', batch, count)]);
    for (const [count, { failed, state }] of left) {
      expect(failed?.message).toBe('stopped');
      expect(Object.keys(state!), `after ${count} operations`).toContain('errors');
      expect(JSON.stringify(state)).not.toContain(MAPPED);
      expect(JSON.stringify(state)).not.toContain(TAINT);
    }
  });
});
