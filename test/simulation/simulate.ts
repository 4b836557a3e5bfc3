import { parseArgs } from 'node:util';
import { openPGlite, openPostgreSQL } from './database.ts';
import { missing } from './events.ts';
import { loadJobs } from './jobs.ts';
import { describeFailure, findFailure } from './seeds.ts';

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
  const seeds = Number(values.seeds);
  const first = Number(values.seed ?? Date.now() % 1_000_000_000);
  const jobs = await loadJobs();
  const ona = values.postgres ? await openPostgreSQL() : await openPGlite();
  const started = Date.now();
  const seconds = () => (Date.now() - started) / 1000;
  const events = new Map<string, number>();
  const count = (event: string) => void events.set(event, (events.get(event) ?? 0) + 1);
  try {
    for (let n = 0; n < seeds; n++) {
      const failure = await findFailure(first + n, jobs, ona, count, !values['no-shrink']);
      if (failure) {
        const { seed, reason, history } = failure;
        if (values.json) console.log(JSON.stringify({ ok: false, seed, reason, history }));
        else console.log(describeFailure(failure));
        return false;
      }
      if (!values.json && (n + 1) % 50 === 0)
        console.log(`${n + 1} of ${seeds} histories hold (${Math.round(seconds())} s)`);
    }
    const played = Object.fromEntries([...events].sort(([a], [b]) => a.localeCompare(b)));
    if (values.json)
      console.log(JSON.stringify({ ok: true, first, seeds, seconds: seconds(), played }));
    else {
      for (const [event, times] of Object.entries(played))
        console.log(`${String(times).padStart(8)}  ${event}`);
      console.log(
        `${seeds} histories hold, seeds ${first} to ${first + seeds - 1}, in ${Math.round(seconds())} s`,
      );
    }
    const never = missing(events, seeds);
    if (never.length > 0)
      console.error(`Never played, which is a fault of the simulation: ${never.join('; ')}`);
    return never.length === 0;
  } finally {
    await ona.close();
  }
};

if (values.help) console.log(USAGE);
else process.exitCode = (await simulate()) ? 0 : 1;
