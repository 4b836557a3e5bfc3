import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAMILIES } from '../../local/primero/family.ts';
import { type Jobs, loadJobs } from './jobs.ts';
import { MUTATIONS } from './mutations.ts';
import { type Ona, openEmbedded, openOna } from './ona.ts';
import { planOf } from './plan.ts';
import { describeFailure, playPlan, playSeed } from './seeds.ts';

/** As many as vitest.config.ts says. */
const SEEDS = Number(process.env.SIMULATION_SEEDS);

let jobs: Jobs;
let ona: Ona;
beforeAll(async () => {
  jobs = await loadJobs();
  ona = await openOna();
});
afterAll(async () => ona.close());

test.each(FAMILIES)(
  'whatever happens, ends with ONA equal to Primero %s',
  async (family) => {
    let played = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      if (planOf(seed).family !== family) continue;
      played += 1;
      const failure = await playSeed(seed, jobs, ona, {});
      expect(failure && describeFailure(failure)).toBeNull();
    }
    expect(played).toBeGreaterThan(SEEDS / 5);
  },
  600_000,
);

test('plays a history the same each time', async () => {
  const play = async () => {
    const counted: string[] = [];
    await playSeed(7, jobs, ona, { count: (what) => counted.push(what) });
    return counted;
  };
  const first = await play();
  expect(first.length).toBeGreaterThan(10);
  expect(await play()).toEqual(first);
});

test('plays on the embedded ONA, too', async () => {
  const embedded = await openEmbedded();
  try {
    const failure = await playPlan({ ...planOf(4), cases: 30, rounds: 1 }, jobs, embedded);
    expect(failure && describeFailure(failure)).toBeNull();
  } finally {
    await embedded.close();
  }
}, 120_000);

test('finds a fault in the jobs', async () => {
  const failure = await playSeed(1, await loadJobs(MUTATIONS[0]!), ona, {});
  expect(failure?.reason).toBeTruthy();
  expect(failure?.told.length).toBeGreaterThan(0);
});
