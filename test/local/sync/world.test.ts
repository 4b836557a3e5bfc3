import { expect, test } from 'vitest';
import { checkWorld, newWorld, nextQuarter } from '../../../local/sync/world.ts';

const NOW = Date.parse('2026-10-01T12:00:00.500Z');
const at = (time: string) => Date.parse(`2026-10-01T${time}Z`);

test('the first cases end a quarter of an hour before now, on a whole second', () => {
  expect(newWorld({ cases: 10 }, NOW)).toEqual({
    cases: 10,
    seed: 1,
    family: '2.14',
    until: at('11:45:00'),
    quarters: [],
  });
});

test('a quarter begins a second after the last change of a case, and ends now', () => {
  const world = newWorld({ seed: 7 }, NOW);
  const later = NOW + 3_600_000;
  const quarter = nextQuarter(world, 0.02, later);
  expect(quarter).toEqual({ seed: 8, from: at('11:45:01'), to: later, share: 0.02 });
});

test('a quarter begins after the one before it', () => {
  const world = newWorld({}, NOW);
  const last = { seed: 2, from: at('11:50:00'), to: at('12:30:00.400'), share: 0.1 };
  const quarter = nextQuarter({ ...world, quarters: [last] }, 0.1, at('13:00:00'));
  expect(quarter).toMatchObject({ seed: 3, from: at('12:30:01'), to: at('13:00:00') });
});

test('where no time has passed a quarter lasts one second', () => {
  const world = newWorld({}, NOW);
  const quarter = nextQuarter(world, 0.02, world.until);
  expect(quarter).toMatchObject({ from: at('11:45:01'), to: at('11:45:01.999') });
});

test('the same world, or nothing asked for, goes on', () => {
  const world = newWorld({ cases: 10, family: '2.9' }, NOW);
  checkWorld(world, {}, 'sandbox.json');
  checkWorld(world, { cases: 10, seed: 1, family: '2.9' }, 'sandbox.json');
});

test('another world is refused with what is there and how to start over', () => {
  const world = newWorld({ cases: 10 }, NOW);
  expect(() => checkWorld(world, { cases: 20, seed: 3 }, 'sandbox.json')).toThrow(
    /^SANDBOX_DIFFERS: sandbox\.json holds another world \(--cases 10 --seed 1 --family 2\.14\): leave out --cases, --seed to go on with it, or add --reset/,
  );
});
