import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellingRunner } from '../../../../local/cli/progress/silence.ts';
import type { Log, RunResult } from '../../../../local/runner/index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A run that ends when it is told to, and logs what the test says. */
const started = () => {
  const said: string[] = [];
  let log: Log = () => {};
  let end: () => void = () => {};
  const make = tellingRunner(
    (options) => ({
      run: () => {
        log = options.log!;
        return new Promise((resolve) => {
          end = () => resolve({ ok: true } as RunResult);
        });
      },
    }),
    (text) => said.push(text),
  );
  const over = make({ credentials: {} }).run('get-cases', {});
  const hear = (text: string, step = 'get-cases') =>
    log({ level: 'warn', source: 'job', step, text });
  return { said, hear, over, end: () => end() };
};

test('Who has been silent for 5 s is named, with the seconds, and again every 10 s', async () => {
  const { said, hear, end, over } = started();
  await vi.advanceTimersByTimeAsync(4900);
  expect(said).toEqual([]);
  await vi.advanceTimersByTimeAsync(20_100);
  expect(said).toEqual([
    'Primero has not answered for 5 s …',
    'Primero has not answered for 15 s …',
    'Primero has not answered for 25 s …',
  ]);
  hear('1000 cases retrieved', 'get-cases');
  hear('SELECT succeeded', 'upsert-cases');
  await vi.advanceTimersByTimeAsync(6000);
  expect(said.at(-1)).toBe('ONA has not answered for 5 s …');
  end();
  await over;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toHaveLength(4);
});

test('What is asked again is told with the reason and the time, and nothing else that is logged', async () => {
  const { said, hear, end, over } = started();
  hear('Primero answered with status 503. Asking again in 4 s.');
  hear('12 cases retrieved from request: …');
  end();
  await over;
  expect(said).toEqual(['Primero answered with status 503. Asking again in 4 s.']);
});
