import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { INBOX, PRIMERO } from '../../../jobs/errors/judge.ts';
import { persist } from '../../../jobs/errors/persist.ts';
import * as errors from '../../../jobs/errors/registry.ts';
import { SyncError } from '../../../jobs/errors/sync-error.ts';
import { RETRY } from '../../../jobs/policy.ts';

const MINUTE = 60_000;

const status = (statusCode: number, headers: object = {}) =>
  Object.assign(new Error('secret'), { statusCode, headers, body: 'secret' });

describe('A request', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** Does a request that fails in these ways, one after the other, and says what came of it and after how many ms. */
  const persistThrough = async (
    failures: readonly unknown[],
    { party = PRIMERO, deadlineMs = 10 * MINUTE } = {},
  ) => {
    const began = Date.now();
    const timeouts: number[] = [];
    const attempt = async (soFar: number) => {
      const failure = failures[timeouts.length];
      timeouts.push(soFar);
      if (failure === 'hangs') return new Promise<string>(() => {});
      if (failure) throw failure;
      return 'answer';
    };
    const outcome = persist(attempt, party, began + deadlineMs).catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    return { outcome: await outcome, timeouts, ms: Date.now() - began };
  };

  test('that is answered is done once', async () => {
    const { outcome, timeouts, ms } = await persistThrough([]);
    expect({ outcome, attempts: timeouts.length, ms }).toEqual({
      outcome: 'answer',
      attempts: 1,
      ms: 0,
    });
  });

  test('that may pass is done again, after pauses that grow', async () => {
    const { outcome, timeouts, ms } = await persistThrough([status(503), status(429), status(500)]);
    expect(outcome).toBe('answer');
    expect(timeouts).toEqual([0, 0, 0, 0]);
    expect(ms).toBe(750 + 1500 + 3000);
  });

  test('waits as long as the other side says', async () => {
    const { ms } = await persistThrough([status(503, { 'retry-after': '30' })]);
    expect(ms).toBe(30_000);
  });

  test('is given up after six attempts, with the code of the other side', async () => {
    const { outcome, timeouts } = await persistThrough(Array(9).fill(status(503)));
    expect(timeouts).toHaveLength(RETRY.attempts);
    expect(outcome).toEqual(
      new SyncError(errors.PRIMERO_UNAVAILABLE, 'Primero answered with status 503.'),
    );
  });

  test('that cannot pass is done once', async () => {
    const { outcome, timeouts } = await persistThrough([status(401)]);
    expect(timeouts).toHaveLength(1);
    expect(outcome).toEqual(
      new SyncError(errors.PRIMERO_SIGN_IN, 'Primero answered with status 401.'),
    );
  });

  test('without an answer for a minute is done again, and knows how often that was', async () => {
    const { outcome, timeouts } = await persistThrough(['hangs', status(504), status(503)]);
    expect(outcome).toBe('answer');
    expect(timeouts).toEqual([0, 1, 2, 2]);
  });

  test('is not done again where the time that the other side asks for is more than the run has', async () => {
    const failures = [status(503, { 'retry-after': '300' })];
    const { outcome, timeouts } = await persistThrough(failures, { deadlineMs: 200_000 });
    expect(timeouts).toHaveLength(1);
    expect(outcome).toMatchObject({ code: 'PRIMERO_UNAVAILABLE' });
  });

  test.each([
    [PRIMERO, 'PRIMERO_UNAVAILABLE: Primero took longer than a run may take.'],
    [INBOX, 'INBOX_UNREACHABLE: The inbox took longer than a run may take.'],
  ])('is not done at all once the time of the run is over', async (party, message) => {
    const { outcome, timeouts } = await persistThrough([], { party, deadlineMs: -1 });
    expect(timeouts).toEqual([]);
    expect((outcome as Error).message).toContain(message);
  });
});
