import { parseArgs } from 'node:util';
import { onInterrupt } from '../../local/cli/interrupt.ts';
import { EXIT } from '../../local/cli/user-error.ts';
import { openPGlite, openPostgreSQL } from './database.ts';
import { loadJobs } from './jobs.ts';
import { playSeeds } from './play-seeds.ts';
import { findFailure } from './seeds.ts';

const USAGE = `npm run simulate -- [--seeds N] [--seed S] [--postgres] [--json] [--no-shrink]
  --seeds N     so many histories; 100
  --seed S      the first one's seed; drawn by time
  --postgres    on the PostgreSQL server of TEST_DATABASE_URL, else of localhost:5432; else on PGlite
  --json        the result as JSON
  --no-shrink   a failing history as it is, not the shortest that still fails`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string' },
    postgres: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const simulate = async (): Promise<boolean> => {
  const jobs = await loadJobs();
  const ona = values.postgres ? await openPostgreSQL() : await openPGlite();
  const { signal } = onInterrupt(() => console.error('Interrupted: the database is dropped.'));
  signal.addEventListener('abort', () => ona.close().finally(() => process.exit(EXIT.interrupted)));
  try {
    return await playSeeds(
      async (seed, count) => {
        const failure = await findFailure(seed, jobs, ona, count, !values['no-shrink']);
        // It fails because its database is gone: the process ends before it is told.
        return signal.aborted ? new Promise(() => {}) : failure;
      },
      {
        first: Number(values.seed ?? Date.now() % 1_000_000_000),
        seeds: Number(values.seeds),
        json: values.json,
        output: console,
      },
    );
  } finally {
    await ona.close();
  }
};

// What a history that hangs has left open would keep the process.
if (values.help) console.log(USAGE);
else process.exit((await simulate()) ? 0 : 1);
