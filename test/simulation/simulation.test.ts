import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openPGlite, openPostgreSQL } from './database.ts';
import { type Jobs, loadJobs } from './jobs.ts';
import { describeFailure, findFailure } from './seeds.ts';

/** Long runs have other seeds: npm run simulate -- --seeds 2000 */
const FIRST = 1;

const isThere = await openPostgreSQL().then(
  (database) => database.close().then(() => true),
  () => false,
);

const KINDS = [
  { kind: 'PGlite', open: openPGlite, seeds: 25, here: true },
  { kind: 'PostgreSQL', open: openPostgreSQL, seeds: 30, here: isThere },
];

let jobs: Jobs;
beforeAll(async () => {
  jobs = await loadJobs();
});

describe.each(KINDS)('A simulation of the chain ($kind)', ({ open, seeds, here }) => {
  let ona: Database;
  beforeAll(async () => {
    if (here) ona = await open();
  });
  afterAll(async () => ona?.close());

  test.skipIf(!here)(
    `ends with ONA equal to Primero, whatever happens on the way, in ${isThere ? seeds : 50} histories`,
    async () => {
      for (let seed = FIRST; seed < FIRST + (isThere ? seeds : 50); seed++) {
        const failure = await findFailure(seed, jobs, ona, () => {});
        expect(failure && describeFailure(failure)).toBeNull();
      }
    },
    300_000,
  );
});
