import type { Kind } from './registry.ts';
import * as errors from './registry.ts';
import { SyncError } from './sync-error.ts';

/** What `pg` puts on an error. `message`, `detail` and `where` may hold values of rows: they are not read. */
interface DatabaseFailure {
  code?: unknown;
  table?: unknown;
  column?: unknown;
  constraint?: unknown;
}

/** Codes by SQLSTATE, the longest matching start first (PostgreSQL manual, appendix A). */
const STATES: [prefix: string, code: Kind][] = [
  ['28', errors.ONA_SIGN_IN],
  ['3D000', errors.ONA_SIGN_IN],
  ['42P01', errors.ONA_TABLE_MISSING],
  ['42703', errors.ONA_TABLE_MISSING],
  ['42501', errors.ONA_FORBIDDEN],
  ['40', errors.ONA_BUSY],
  ['55P03', errors.ONA_BUSY],
  ['57014', errors.ONA_BUSY],
  ['08', errors.ONA_UNREACHABLE],
  ['57P', errors.ONA_UNREACHABLE],
  ['53300', errors.ONA_UNREACHABLE],
];

/** Every SQLSTATE has a digit; Node's `EPIPE` is as long, and has none. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

const place = ({ table, column, constraint }: DatabaseFailure): string => {
  const named = Object.entries({ table, column, constraint }).filter(
    ([, name]) => typeof name === 'string',
  );
  return named.length === 0
    ? ''
    : ` (${named.map(([what, name]) => `${what} ${name}`).join(', ')})`;
};

/**
 * A database's error without the values that PostgreSQL puts into it.
 * @param doing what was being done, such as `writing cases`
 */
export const toDatabaseError = (error: unknown, doing: string): SyncError => {
  if (error instanceof SyncError) return error;
  const failure = (error ?? {}) as DatabaseFailure;
  const code = typeof failure.code === 'string' ? failure.code : '';
  if (!SQLSTATE.test(code)) {
    const reason = /^[A-Z_]+$/.test(code) ? ` (${code})` : '';
    return new SyncError(
      errors.ONA_UNREACHABLE,
      `The connection to ONA failed while ${doing}${reason}.`,
    );
  }
  const [, known] = STATES.find(([prefix]) => code.startsWith(prefix)) ?? [];
  return new SyncError(
    known ?? errors.ONA_FAILED,
    `PostgreSQL reported ${code} while ${doing}${place(failure)}.`,
  );
};
