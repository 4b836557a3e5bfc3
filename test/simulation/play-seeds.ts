import { missing } from './events.ts';
import type { Count } from './play.ts';
import { describeFailure, type Failure } from './seeds.ts';

/** Where a simulation's words go. */
export type Output = { log: (line: string) => void; error: (line: string) => void };

type Options = {
  /** Seed of the first history, and how many there are. */
  first: number;
  seeds: number;
  json: boolean;
  output: Output;
};

/**
 * Plays the histories of many seeds, until one fails.
 * @param find plays a seed's history, and counts its events
 * @returns whether all hold, and played whatever so many histories should
 */
export const playSeeds = async (
  find: (seed: number, count: Count) => Promise<Failure | null>,
  { first, seeds, json, output }: Options,
): Promise<boolean> => {
  const started = Date.now();
  const seconds = () => (Date.now() - started) / 1000;
  const events = new Map<string, number>();
  const count = (event: string) => void events.set(event, (events.get(event) ?? 0) + 1);
  for (let n = 0; n < seeds; n++) {
    const failure = await find(first + n, count);
    if (failure) {
      const { seed, reason, history } = failure;
      if (json) output.log(JSON.stringify({ ok: false, seed, reason, history }));
      else output.log(describeFailure(failure));
      return false;
    }
    if (!json && (n + 1) % 50 === 0)
      output.log(`${n + 1} of ${seeds} histories hold (${Math.round(seconds())} s)`);
  }
  const played = Object.fromEntries([...events].sort(([a], [b]) => a.localeCompare(b)));
  if (json) output.log(JSON.stringify({ ok: true, first, seeds, seconds: seconds(), played }));
  else {
    for (const [event, times] of Object.entries(played))
      output.log(`${String(times).padStart(8)}  ${event}`);
    output.log(
      `${seeds} histories hold, seeds ${first} to ${first + seeds - 1}, in ${Math.round(seconds())} s`,
    );
  }
  const never = missing(events, seeds);
  if (never.length > 0)
    output.error(`Never played, which is a fault of the simulation: ${never.join('; ')}`);
  return never.length === 0;
};
