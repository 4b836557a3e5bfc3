import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyHistory, hugeHistory, largeHistory } from './any-history.ts';
import { type Database, openPGlite, openPostgreSQL } from './database.ts';
import { FOUND } from './found.ts';
import { type Jobs, loadJobs } from './jobs.ts';
import { playHistory } from './play.ts';
import { describeFailure, findFailure } from './seeds.ts';

const isThere = await openPostgreSQL().then(
  (database) => database.close().then(() => true),
  () => false,
);

/** Long runs play other histories: npm run simulate -- --seeds 2000. PGlite plays fewer where there is a server. */
const KINDS = [
  { kind: 'PGlite', open: openPGlite, first: 1, histories: isThere ? 15 : 50, here: true },
  { kind: 'PostgreSQL', open: openPostgreSQL, first: 1001, histories: 50, here: isThere },
];

/** Seeds of histories in which crowds of cases change at once. */
const CROWDED = [
  { crowd: 'hundreds', histories: largeHistory, seed: 102 },
  { crowd: '3,000', histories: hugeHistory, seed: 125 },
];

let jobs: Jobs;
beforeAll(async () => {
  jobs = await loadJobs();
});

describe.each(KINDS)('A simulation of the chain ($kind)', ({ open, first, histories, here }) => {
  let ona: Database;
  beforeAll(async () => {
    if (here) ona = await open();
  });
  afterAll(async () => ona?.close());

  test.skipIf(!here)(
    'ends with ONA equal to Primero, whatever happens on the way',
    async () => {
      for (let seed = first; seed < first + histories; seed++) {
        const failure = await findFailure(seed, jobs, ona, () => {});
        expect(failure && describeFailure(failure)).toBeNull();
      }
    },
    600_000,
  );

  test.skipIf(!here)('plays a history the same each time', async () => {
    const [history] = fc.sample(anyHistory, { seed: first, numRuns: 1 });
    const play = async () => {
      const events: string[] = [];
      await playHistory(history!, jobs, ona, (event) => events.push(event));
      return events;
    };
    expect(await play()).toEqual(await play());
  });

  test.skipIf(!here).each(CROWDED)(
    'holds where cases change at once: $crowd',
    async ({ crowd, histories, seed }) => {
      const [history] = fc.sample(histories, { seed, numRuns: 1 });
      const events = new Set<string>();
      await playHistory(history!, jobs, ona, (event) => events.add(event));
      expect(events).toContain(`cases of one instant at the start: ${crowd}`);
      expect(events).toContain(`change: many in one instant, ${crowd} while a run is under way`);
    },
    600_000,
  );

  test.skipIf(!here).each(FOUND)('holds where it once found a fault: %s', async (_, history) => {
    await playHistory(history, jobs, ona, () => {});
  });
});
