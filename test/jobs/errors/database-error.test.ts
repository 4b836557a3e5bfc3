import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDatabaseError } from '../../../jobs/errors/database-error.ts';
import * as errors from '../../../jobs/errors/registry.ts';
import { SyncError } from '../../../jobs/errors/sync-error.ts';

const KINDS = { ...errors };

const DOING = 'writing cases';

/** What `pg` throws: an error with the fields of PostgreSQL's answer. */
const failure = (fields: object, message = 'secret-message') =>
  Object.assign(new Error(message), fields);

describe('By SQLSTATE', () => {
  test.each<[state: string, name: string, code: keyof typeof KINDS]>([
    ['28P01', 'wrong password', 'ONA_SIGN_IN'],
    ['28000', 'no such user', 'ONA_SIGN_IN'],
    ['3D000', 'no such database', 'ONA_SIGN_IN'],
    ['42P01', 'no such table', 'ONA_TABLE_MISSING'],
    ['42703', 'no such column', 'ONA_TABLE_MISSING'],
    ['42501', 'not allowed', 'ONA_FORBIDDEN'],
    ['25006', 'read-only', 'ONA_FORBIDDEN'],
    ['40001', 'serialization failure', 'ONA_BUSY'],
    ['40P01', 'deadlock', 'ONA_BUSY'],
    ['55P03', 'lock not available', 'ONA_BUSY'],
    ['57014', 'statement timeout', 'ONA_BUSY'],
    ['08006', 'connection failure', 'ONA_UNREACHABLE'],
    ['57P01', 'server shuts down', 'ONA_UNREACHABLE'],
    ['57P03', 'server starts up', 'ONA_UNREACHABLE'],
    ['53300', 'too many connections', 'ONA_UNREACHABLE'],
    ['53100', 'disk full', 'ONA_FAILED'],
    ['23505', 'unique violation', 'ONA_FAILED'],
    ['22007', 'not a date', 'ONA_FAILED'],
    ['42601', 'syntax error', 'ONA_FAILED'],
    ['P0001', 'raised by a trigger', 'ONA_FAILED'],
    ['XX000', 'internal error', 'ONA_FAILED'],
  ])('%s, %s', (state, _, code) => {
    expect(toDatabaseError(failure({ code: state }), DOING)).toEqual(
      new SyncError(KINDS[code], `PostgreSQL reported ${state} while writing cases.`),
    );
  });
});

describe('Of the connection', () => {
  test.each<[name: string, error: unknown, reason: string]>([
    ['refused', failure({ code: 'ECONNREFUSED' }), ' (ECONNREFUSED)'],
    ['dropped', failure({ code: 'ECONNRESET' }), ' (ECONNRESET)'],
    ['closed while writing, a code as long as a SQLSTATE', failure({ code: 'EPIPE' }), ' (EPIPE)'],
    ['an unknown host', failure({ code: 'ENOTFOUND' }), ' (ENOTFOUND)'],
    [
      'a certificate',
      failure({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      ' (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ],
    ['ended by pg', failure({}, 'Connection terminated unexpectedly'), ''],
    ['a code that is none', failure({ code: 'secret value' }), ''],
    ['a code that is a number', failure({ code: 5 }), ''],
    ['null', null, ''],
    ['a text', 'secret', ''],
  ])('%s', (_, error, reason) => {
    expect(toDatabaseError(error, DOING)).toEqual(
      new SyncError(
        errors.ONA_UNREACHABLE,
        `The connection to ONA failed while writing cases${reason}.`,
      ),
    );
  });
});

test('An error of the sync is passed on as it is', () => {
  const error = new SyncError(errors.TOO_MANY_REJECTS, '9 of 10 cases were rejected.');
  expect(toDatabaseError(error, DOING)).toBe(error);
});

describe('The place is named', () => {
  test.each<[name: string, fields: object, place: string]>([
    ['table', { table: 'cases' }, ' (table cases)'],
    ['column', { table: 'cases', column: 'age' }, ' (table cases, column age)'],
    [
      'constraint',
      { table: 'cases', constraint: 'cases_pkey' },
      ' (table cases, constraint cases_pkey)',
    ],
    ['none that is not a text', { table: { a: 1 }, column: null }, ''],
  ])('%s', (_, fields, place) => {
    expect(toDatabaseError(failure({ code: '23505', ...fields }), DOING).message).toBe(
      new SyncError(errors.ONA_FAILED, `PostgreSQL reported 23505 while writing cases${place}.`)
        .message,
    );
  });
});

test('Nothing that may hold values of a row gets into the error, 1,000 times', () => {
  const secret = fc.string({ minLength: 1 }).map((text) => `«${text}»`);
  const code = fc.oneof(fc.constantFrom('23505', '22P02', 'ECONNRESET', 'EPIPE', ''), secret);
  const fields = fc.record({
    code,
    detail: secret,
    where: secret,
    hint: secret,
    internalQuery: secret,
    query: secret,
    parameters: fc.array(secret),
    routine: secret,
    cause: secret,
  });
  fc.assert(
    fc.property(secret, fields, (message, extra) => {
      const error = toDatabaseError(failure(extra, message), DOING);
      const shown = [
        error.message,
        error.stack,
        JSON.stringify(Object.entries(error)),
        error.cause,
      ];
      expect(shown.join('\n')).not.toContain('«');
    }),
    { numRuns: 1_000 },
  );
});
