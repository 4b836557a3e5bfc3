import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { type Database, openPGlite, openPostgreSQL } from './database.ts';
import { anyHistory } from './history.ts';
import { type Jobs, loadJobs } from './jobs.ts';
import { playHistory } from './play.ts';

test('scratch', async () => {
  const jobs = await loadJobs();
  const ona = process.env.LITE ? await openPGlite() : await openPostgreSQL();
  const counts = new Map<string, number>();
  const count = (event: string) => counts.set(event, (counts.get(event) ?? 0) + 1);
  const base = Number(process.env.SEED ?? 1);
  const n = Number(process.env.N ?? 5);
  for (let seed = base; seed < base + n; seed++) {
    const [history] = fc.sample(anyHistory, { seed, numRuns: 1, unbiased: true } as never);
    const start = performance.now();
    try {
      await playHistory(history!, jobs, ona, count);
      console.log(seed, 'ok', Math.round(performance.now() - start));
    } catch (error) {
      console.log(seed, (error as Error).stack?.split('\n').slice(0, 8).join('\n'), Math.round(performance.now() - start));
      if (process.env.SHOW) console.log(JSON.stringify(history, null, 1));
    }
  }
  console.log([...counts].sort());
  await ona.close();
}, 600_000);
