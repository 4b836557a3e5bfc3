import { expect, test } from 'vitest';
import { createRunner } from '../../../local/runner/index.ts';
import { jobOf } from './workflow-folder.ts';

test('Time in the sandbox can run on a test’s clock: Date, timers and chance', async () => {
  let now = Date.UTC(2026, 9, 1);
  class ClockDate extends Date {
    constructor(...args: ConstructorParameters<typeof Date> | []) {
      super(...((args.length > 0 ? args : [now]) as ConstructorParameters<typeof Date>));
    }
    static override now = () => now;
  }
  const globals = {
    Date: ClockDate,
    Math: Object.create(Math, { random: { value: () => 0.25 } }),
    setTimeout: (then: () => void, ms: number) => {
      now += ms;
      setImmediate(then);
    },
  };
  const workflowPath = await jobOf(`
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    export default [
      async (s) => {
        const before = new Date().toISOString();
        await sleep(3_600_000);
        const given = new Date('2020-01-01T00:00:00Z').toISOString();
        return { ...s, times: [before, new Date(Date.now()).toISOString(), given], chance: Math.random(), max: Math.max(1, 2) };
      },
    ];`);
  const start = performance.now();
  const { state } = await createRunner({ credentials: {}, workflowPath, globals }).run('hook', {});
  expect(performance.now() - start).toBeLessThan(60_000);
  expect(state).toEqual({
    data: {},
    times: ['2026-10-01T00:00:00.000Z', '2026-10-01T01:00:00.000Z', '2020-01-01T00:00:00.000Z'],
    chance: 0.25,
    max: 2,
  });
});

test('A replaced timer does not move the lines that errors point to', async () => {
  const workflowPath = await jobOf('export default [\n  () => { throw new Error("X: y"); },\n];');
  const pointsTo = async (globals: Record<string, unknown>) => {
    const lines: string[] = [];
    const log = ({ text }: { text: string }) => lines.push(text);
    await createRunner({ credentials: {}, workflowPath, globals, log }).run('hook', {});
    return lines.filter((line) => line.includes('X: y'));
  };
  expect(await pointsTo({ setTimeout: () => {} })).toEqual(await pointsTo({}));
});

test('Names that the sandbox lacks stay away unless they are given', async () => {
  const workflowPath = await jobOf(`
    const names = ['process', 'fetch', 'URL', 'crypto', 'TextEncoder', 'structuredClone', 'extra'];
    export default [(s) => ({ ...s, has: names.filter((name) => name in globalThis) })];`);
  const has = async (globals = {}) =>
    (await createRunner({ credentials: {}, workflowPath, globals }).run('hook', {})).state?.has;
  expect(await has()).toEqual([]);
  expect(await has({ extra: 1 })).toEqual(['extra']);
});
