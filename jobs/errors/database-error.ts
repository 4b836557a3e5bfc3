import type { Kind } from './registry.ts';
import * as errors from './registry.ts';
import { SyncError } from './sync-error.ts';

/** Properties that `pg` sets on an error. `message`, `detail` and `where` may hold values of rows, so they are not read. */
interface DatabaseFailure {
  code?: unknown;
  table?: unknown;
  column?: unknown;
  constraint?: unknown;
}

/** Errors by how their SQLSTATE begins (PostgreSQL manual, appendix A). */
const STATES: [Kind, ...prefixes: string[]][] = [
  [errors.ONA_SIGN_IN, '28', '3D000'],
  [errors.ONA_TABLE_MISSING, '42P01', '42703'],
  [errors.ONA_FORBIDDEN, '42501', '25006'],
  [errors.ONA_BUSY, '40', '55P03', '57014'],
  [errors.ONA_UNREACHABLE, '08', '57P', '53300'],
];

/** Every SQLSTATE has a digit. Node's `EPIPE` has the same length, but no digit. */
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
  const [known] = STATES.find(([, ...all]) => all.some((each) => code.startsWith(each))) ?? [];
  return new SyncError(
    known ?? errors.ONA_FAILED,
    `PostgreSQL reported ${code} while ${doing}${place(failure)}.`,
  );
};
