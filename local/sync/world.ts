import { EXIT, UserError } from '../cli/user-error.ts';
import type { Family } from '../primero/index.ts';

/** A stretch of time in which the sandbox's cases change; times in ms, `share` of all cases. */
export type Quarter = { seed: number; from: number; to: number; share: number };

/** All that decides what the sandbox's Primero holds; kept in sandbox.json. */
export type World = {
  cases: number;
  seed: number;
  family: Family;
  /** Newest `last_updated_at` of the first cases, ms. */
  until: number;
  quarters: Quarter[];
};

export type WorldOptions = Partial<Pick<World, 'cases' | 'seed' | 'family'>>;

/** As many as a province or two have: some 25 batches, and a first sync of under a minute on two cores. */
export const DEFAULT_WORLD = { cases: 40_000, seed: 1, family: '2.14' } as const;

/** Share of the cases that a quarter changes, unless told otherwise. */
export const DEFAULT_CHANGES = 0.02;

const MINUTE = 60_000;
const SECOND = 1000;

/** How long before now the first cases end: beyond the jobs' safety lag, so that all are fetched. */
const FIRST_LAG_MS = 15 * MINUTE;

/** The safety lag of the jobs (10 minutes) and two seconds, for the time until they look. */
const QUARTER_LAG_MS = 10 * MINUTE + 2 * SECOND;

/** A world as a first run makes it. */
export const newWorld = (options: WorldOptions, now: number): World => ({
  cases: options.cases ?? DEFAULT_WORLD.cases,
  seed: options.seed ?? DEFAULT_WORLD.seed,
  family: options.family ?? DEFAULT_WORLD.family,
  until: Math.floor((now - FIRST_LAG_MS) / SECOND) * SECOND,
  quarters: [],
});

/**
 * Holds the remembered world against what was asked for.
 * @throws {UserError} SANDBOX_DIFFERS, which says how to start over
 */
export const checkWorld = (world: World, options: WorldOptions, file: string): void => {
  const keys = ['cases', 'seed', 'family'] as const;
  const different = keys.filter((key) => options[key] !== undefined && options[key] !== world[key]);
  if (different.length === 0) return;
  const holds = keys.map((key) => `--${key} ${world[key]}`).join(' ');
  const dropped = different.map((key) => `--${key}`).join(', ');
  throw new UserError(
    'SANDBOX_DIFFERS',
    `${file} holds another world (${holds}): leave out ${dropped} to go on with it, or add --reset to start over`,
    EXIT.usage,
  );
};

/**
 * The next quarter: dated after all that has been synced, and before the end of the next window.
 * `waitMs` is how long to wait until a window reaches it: nothing, unless a sync has just ended.
 * @param windowTo newest window's end in the ledger, ms; null before the first sync
 */
export const nextQuarter = (
  world: World,
  share: number,
  windowTo: number | null,
  now: number,
): { quarter: Quarter; waitMs: number } => {
  const ends = [world.until, ...world.quarters.map(({ to }) => to), windowTo ?? 0];
  const from = (Math.floor(Math.max(...ends) / SECOND) + 1) * SECOND;
  const latest = now - QUARTER_LAG_MS;
  const to = Math.max(latest, from + SECOND - 1);
  const quarter = { seed: world.seed + world.quarters.length + 1, from, to, share };
  return { quarter, waitMs: Math.max(0, to - latest) };
};
