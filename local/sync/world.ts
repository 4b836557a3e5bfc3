import type { Family } from '../primero/index.ts';
import { UserError } from '../user-error.ts';

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

/** As many as a province or two have: some ten batches, and a first sync of under a minute on two cores. */
export const DEFAULT_WORLD = { cases: 40_000, seed: 1, family: '2.14' } as const;

/** Share of the cases that a quarter changes, unless told otherwise. */
export const DEFAULT_CHANGED_SHARE = 0.02;

const SECOND = 1000;

/** How long before now the first cases end: quarters come after them. */
const FIRST_ENDS_BEFORE_MS = 15 * 60 * SECOND;

/** A world as a first run makes it. */
export const newWorld = (options: WorldOptions, now: number): World => ({
  cases: options.cases ?? DEFAULT_WORLD.cases,
  seed: options.seed ?? DEFAULT_WORLD.seed,
  family: options.family ?? DEFAULT_WORLD.family,
  until: Math.floor((now - FIRST_ENDS_BEFORE_MS) / SECOND) * SECOND,
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
    `${file} holds another world (${holds})`,
    `leave out ${dropped} to go on with it, or add --reset to start over`,
  );
};

/** The next quarter: between the last change of a case and now. */
export const nextQuarter = (world: World, share: number, now: number): Quarter => {
  const last = Math.max(world.until, ...world.quarters.map(({ to }) => to));
  const from = (Math.floor(last / SECOND) + 1) * SECOND;
  const to = Math.max(now, from + SECOND - 1);
  return { seed: world.seed + world.quarters.length + 1, from, to, share };
};
