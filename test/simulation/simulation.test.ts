import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyHistory } from './any-history.ts';
import { type Database, openPGlite, openPostgreSQL } from './database.ts';
import { FOUND } from './found.ts';
import { type Jobs, loadJobs } from './jobs.ts';
import { playHistory } from './play.ts';
import { describeFailure, findFailure } from './seeds.ts';

/** Histories; long runs play others: npm run simulate -- --seeds 2000 */
const AT_LEAST = 50;

const isThere = await openPostgreSQL().then(
  (database) => database.close().then(() => true),
  () => false,
);

/** One of the two: on PGlite, which shares its process with all else, a history takes many times as long. */
const KINDS = [
  { kind: 'PGlite', open: openPGlite, first: 1, here: !isThere },
  { kind: 'PostgreSQL', open: openPostgreSQL, first: 1001, here: isThere },
];

let jobs: Jobs;
beforeAll(async () => {
  jobs = await loadJobs();
});

describe.each(KINDS)('A simulation of the chain ($kind)', ({ open, first, here }) => {
  let ona: Database;
  beforeAll(async () => {
    if (here) ona = await open();
  });
  afterAll(async () => ona?.close());

  test.skipIf(!here)(
    'ends with ONA equal to Primero, whatever happens on the way',
    async () => {
      for (let seed = first; seed < first + AT_LEAST; seed++) {
        const failure = await findFailure(seed, jobs, ona, () => {});
        expect(failure && describeFailure(failure)).toBeNull();
      }
    },
    300_000,
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

  test.skipIf(!here).each(FOUND)('holds where it once found a fault: %s', async (_, history) => {
    await playHistory(history, jobs, ona, () => {});
  });
});
