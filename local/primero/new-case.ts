import { OTHER_TYPES } from './codes.ts';
import { type Columns, DISABLED, ENABLED, NO_AGE } from './columns.ts';
import { fraction, mix } from './hash.ts';

/** How many services a case has, each as often as it stands here. */
const SERVICES = [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5];

const YEAR = 365.25 * 86_400_000;

const ageOf = (n: number): number => {
  if (n % 33 === 0) return NO_AGE;
  // Mostly school children; from 18 on fewer, up to 25.
  const drawn = (n >>> 6) % 1000;
  return drawn < 880 ? drawn % 18 : 18 + (drawn % 8);
};

/** Number of a type: 1 is reintegration (type-names.ts). */
const typeOf = (n: number): number => {
  const drawn = n % 1000;
  if (drawn < 350) return 1;
  return drawn < 990 ? 2 + ((n >>> 10) % OTHER_TYPES.length) : 0;
};

/** What the database has below a millisecond, in ms: records do not show it. */
export const microseconds = (seed: number, index: number): number =>
  (mix(mix(seed, 42), index) % 1000) / 1000;

/** Fills in a new row: age, type, state and number of services, as they are spread in Cambodia. */
export const drawCase = (columns: Columns, seed: number, index: number, updatedAt: number) => {
  const n = mix(mix(seed, 41), index);
  columns.updatedAt[index] = updatedAt;
  const createdAt = updatedAt - Math.floor(fraction(n, 1) ** 2 * 2 * YEAR);
  columns.createdAt[index] = createdAt + microseconds(seed, index);
  columns.age[index] = ageOf(mix(n, 2));
  columns.type[index] = typeOf(mix(n, 3));
  columns.state[index] = mix(n, 4) % 40 === 0 ? DISABLED : ENABLED;
  columns.services[index] = (1 << SERVICES[mix(n, 5) % SERVICES.length]!) - 1;
};
