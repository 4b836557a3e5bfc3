import { expect, test } from 'vitest';
import { EXPECTED } from './events.ts';
import { FOUND } from './found.ts';
import type { Count } from './play.ts';
import { playSeeds } from './play-seeds.ts';
import type { Failure } from './seeds.ts';

const play = async (
  find: (seed: number, count: Count) => Failure | null,
  seeds = 1000,
): Promise<{ ok: boolean; logged: string; errors: string }> => {
  const lines: string[] = [];
  const errors: string[] = [];
  const output = {
    log: (line: string) => void lines.push(line),
    error: (line: string) => void errors.push(line),
  };
  const options = { first: 7, seeds, json: false, output };
  const ok = await playSeeds(async (seed, count) => find(seed, count), options);
  return { ok, logged: lines.join('\n'), errors: errors.join('\n') };
};

const countAllBut = (left: string) => (_: number, count: Count) => {
  for (const event of EXPECTED) if (event !== left) count(event);
  return null;
};

test('fails a long run in which an expected event never occurred, and names it', async () => {
  const { ok, errors } = await play(countAllBut('killed before COMMIT'));
  expect(ok).toBe(false);
  expect(errors).toContain('killed before COMMIT');
  expect(errors).not.toContain('killed after COMMIT');
});

test('holds where all was played, and counts it', async () => {
  const { ok, logged, errors } = await play(countAllBut('nothing'));
  expect({ ok, errors }).toEqual({ ok: true, errors: '' });
  expect(logged).toContain('    1000  killed before COMMIT');
  expect(logged).toContain('1000 histories hold, seeds 7 to 1006');
});

test('ends at the first history that fails', async () => {
  const [[, history]] = FOUND as [(typeof FOUND)[number]];
  const { ok, logged } = await play((seed) =>
    seed === 9 ? { seed, reason: 'A promise was broken', history } : null,
  );
  expect(ok).toBe(false);
  expect(logged).toContain(
    'A promise was broken\nPlay it again: npm run simulate -- --seeds 1 --seed 9',
  );
});
