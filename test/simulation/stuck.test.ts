import { expect, test } from 'vitest';
import { Clock } from './clock.ts';
import type { Database } from './database.ts';
import { Machine } from './machine.ts';
import { Patience, Stuck } from './stuck.ts';

const never = new Promise<never>(() => {});

const machineOf = (limits: { longest: number; most: number }) =>
  new Machine({
    clock: new Clock(0),
    ona: { isPGlite: false, credentials: { host: '127.0.0.1', port: 1 } } as Database,
    limitsRuns: false,
    latency: () => [0, 0],
    disturb: async () => {},
    count: () => {},
    idle: async () => {},
    limits,
  });

test('a run that waits for nothing the simulation knows of fails the history, and is named', async () => {
  const machine = machineOf({ longest: 20, most: 100 });
  const started = machine.start(
    () => never,
    () => {},
  );
  await expect(started).rejects.toThrow(Stuck);
  await expect(machine.settle()).rejects.toThrow(
    'hangs: a run takes more than 0.02 s\nrun 0: no operation; 0 timers',
  );
});

test('an event that does not end fails the history', async () => {
  const machine = machineOf({ longest: 20, most: 100 });
  machine.clock.plan(0, () => never);
  await expect(machine.advance(1)).rejects.toThrow('hangs: an event');
});

test('events without an end fail the history', async () => {
  const machine = machineOf({ longest: 1000, most: 100 });
  const again = () => void machine.clock.plan(0, again);
  again();
  await expect(machine.advance(1)).rejects.toThrow('does not end: 100 events');
});

test('what ends in time is waited for', async () => {
  let left = 3;
  const patience = new Patience(() => '', { longest: 5000, most: 1 });
  await patience.until(() => --left === 0);
  expect(left).toBe(0);
  expect(await patience.within(Promise.resolve('done'))).toBe('done');
});
