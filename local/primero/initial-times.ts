import { fraction, mix } from './hash.ts';

const SPAN = 6 * 365.25 * 86_400_000;
const BLOCK = 1000;

type Options = { cases: number; seed: number; until: number; sameInstant: number };

/** Where a bulk import lies in a block of cases: `[first, after)`, or none. */
const importIn = (seed: number, block: number): [number, number] => {
  const n = mix(mix(seed, 51), block);
  if (block !== 1 && n % 8 !== 0) return [0, 0];
  const first = block * BLOCK + 100 + ((n >>> 4) % 400);
  return [first, first + 150 + ((n >>> 16) % 250)];
};

/**
 * Times of the cases at the start, oldest first: six years up to `until`, with milliseconds, and
 * with hundreds in one second here and there, as bulk imports leave them.
 */
export const initialTimes = ({ cases, seed, until, sameInstant }: Options): Float64Array => {
  const times = new Float64Array(cases);
  const natural = (index: number) =>
    Math.floor(until - SPAN + SPAN * ((index + fraction(mix(seed, 52), index)) / cases) ** 0.7);
  let [first, after] = [0, 0];
  let newest = 0;
  for (let index = 0; index < cases; index++) {
    if (index % BLOCK === 0) [first, after] = importIn(seed, index / BLOCK);
    let time = natural(index);
    if (index >= first && index < after) {
      const second = Math.floor(natural(first) / 1000) * 1000;
      time = second + Math.floor(((index - first) / (after - first)) * 1000);
    }
    newest = Math.max(newest, time);
    times[index] = newest;
  }
  if (cases > 0) times[cases - 1] = until;
  const middle = Math.max(0, Math.floor((cases - sameInstant) / 2));
  if (sameInstant > 0) times.fill(times[middle]!, middle, middle + sameInstant);
  return times;
};
