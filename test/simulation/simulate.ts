import { parseArgs } from 'node:util';
import { onInterrupt } from '../../local/cli/interrupt.ts';
import { FAMILIES, type Family } from '../../local/primero/family.ts';
import { loadJobs } from './jobs.ts';
import { MUTATIONS } from './mutations.ts';
import { openOna } from './ona.ts';
import { describeFailure, playSeed, shrink } from './seeds.ts';

const USAGE = `npm run simulate -- [--seeds N] [--from K] [--family F] [--json] [--no-shrink]
  --seeds N     so many histories; 200
  --from K      the first one's seed; 1
  --family F    of Primero: ${FAMILIES.join(', ')}; all by turns
  --json        the result as JSON
  --no-shrink   a failing history as it was first found
  --mutations   the jobs with one line after the other taken out: which seed finds it`;

const { values } = parseArgs({
  options: {
    ...{ seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' } },
    ...{ family: { type: 'string' }, json: { type: 'boolean', default: false } },
    ...{
      'no-shrink': { type: 'boolean', default: false },
      mutations: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  },
});

/** Plays seeds until one finds each mutation. */
const tryMutations = async (first: number, seeds: number): Promise<number> => {
  const ona = await openOna();
  let missed = 0;
  try {
    for (const mutation of MUTATIONS.slice(first - 1)) {
      const jobs = await loadJobs(mutation);
      let failure = null;
      for (let seed = 1; seed <= seeds && !failure; seed += 1)
        failure = await playSeed(seed, jobs, ona, {});
      if (!failure) missed += 1;
      const found = failure
        ? `seed ${failure.seed}: ${failure.reason.split('\n')[0]}`
        : 'NOT FOUND';
      console.log(`${mutation.file}: ${mutation.from}\n    ${found}`);
    }
  } finally {
    await ona.close();
  }
  return missed > 0 ? 1 : 0;
};

const simulate = async (): Promise<number> => {
  const family = FAMILIES.find((each) => each === values.family) as Family | undefined;
  if (values.family !== undefined && !family)
    throw new Error(`--family must be one of ${FAMILIES.join(', ')}`);
  const [first, seeds] = [Number(values.from), Number(values.seeds)];
  if (!Number.isInteger(first) || !(seeds >= 1))
    throw new Error('--from and --seeds must be numbers');
  const { signal } = onInterrupt(() => console.error('Interrupted: stopping after this history.'));
  const jobs = await loadJobs();
  const ona = await openOna();
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const failures = [];
  const started = performance.now();
  let played = 0;
  try {
    for (let seed = first; seed < first + seeds && !signal.aborted; seed += 1) {
      const found = await playSeed(seed, jobs, ona, { family, count });
      played += 1;
      if (found) {
        const failure = values['no-shrink'] ? found : await shrink(found, jobs, ona);
        failures.push(failure);
        if (!values.json) console.log(describeFailure(failure));
      }
      if (!values.json && played % 20 === 0)
        console.log(
          `${played} of ${seeds} seeds, ${failures.length} faults, ${Math.round((performance.now() - started) / 1000)} s`,
        );
    }
  } finally {
    await ona.close();
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  if (values.json) console.log(JSON.stringify({ played, seconds, failures, counts }, null, 2));
  else {
    for (const [what, times] of Object.entries(counts).sort())
      console.log(`${String(times).padStart(8)}  ${what}`);
    console.log(
      `${played} seeds in ${seconds} s; faults: ${failures.map(({ seed }) => seed).join(', ') || 'none'}`,
    );
  }
  if (signal.aborted) return 130;
  return failures.length > 0 ? 1 : 0;
};

if (values.help) console.log(USAGE);
else
  process.exit(
    values.mutations
      ? await tryMutations(Number(values.from), Number(values.seeds))
      : await simulate(),
  );
