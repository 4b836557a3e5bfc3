import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backOffMs,
  INBOX,
  isTimeout,
  judge,
  PRIMERO,
  retryAfterMs,
} from '../../../jobs/errors/judge.ts';
import * as errors from '../../../jobs/errors/registry.ts';
import { SyncError } from '../../../jobs/errors/sync-error.ts';
import { Timeout } from '../../../jobs/errors/time-out.ts';
import { RETRY } from '../../../jobs/policy.ts';

const NOW = Date.parse('2026-10-01T00:00:00Z');

/** What the official primero adaptor throws for a status other than 2xx. */
const primeroFailure = (
  statusCode: number,
  headers: object = {},
  body: unknown = 'secret',
): Error =>
  new Error(
    `Server responded with:\n${JSON.stringify({ statusCode, body, headers, request: { method: 'GET' } }, null, 2)}`,
  );

/** What the official http adaptor throws for 4xx and 5xx. */
const httpFailure = (statusCode: number, headers: object = {}): Error =>
  Object.assign(new Error(`POST to secret returned ${statusCode}`), {
    statusCode,
    headers,
    body: 'secret',
  });

const KINDS = { ...errors };
type Code = keyof typeof KINDS;

const verdict = (code: Code, what: string, mayPass: boolean, waitMs: number | null = null) => ({
  code: KINDS[code],
  what,
  mayPass,
  waitMs,
});

describe('Retry-After', () => {
  test.each<[name: string, header: unknown, ms: number | null]>([
    ['seconds', '120', 120_000],
    ['zero seconds', '0', 0],
    ['with spaces around it', ' 5 ', 5_000],
    ['as a number', 5, 5_000],
    ['a date', 'Thu, 01 Oct 2026 00:02:00 GMT', 120_000],
    ['a date of the past', 'Wed, 30 Sep 2026 23:00:00 GMT', 0],
    ['absent', undefined, null],
    ['null', null, null],
    ['empty', '', null],
    ['words', 'soon', null],
  ])('%s', (_, header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});

describe('What Primero answers', () => {
  const later = (status: number, waitMs: number | null = null) =>
    verdict('PRIMERO_UNAVAILABLE', `Primero answered with status ${status}.`, true, waitMs);
  const never = (code: Code, status: number) =>
    verdict(code, `Primero answered with status ${status}.`, false);

  test.each([408, 425, 429, 500, 502, 503, 504])('%i may pass', (status) => {
    expect(judge(primeroFailure(status), PRIMERO, NOW)).toEqual(later(status));
    expect(judge(httpFailure(status), PRIMERO, NOW)).toEqual(later(status));
  });

  test.each<[status: number, code: Code]>([
    [401, 'PRIMERO_SIGN_IN'],
    [403, 'PRIMERO_FORBIDDEN'],
    [400, 'PRIMERO_REFUSED'],
    [404, 'PRIMERO_REFUSED'],
    [422, 'PRIMERO_REFUSED'],
    [302, 'PRIMERO_REFUSED'],
    [501, 'PRIMERO_REFUSED'],
  ])('%i does not: %s', (status, code) => {
    expect(judge(primeroFailure(status), PRIMERO, NOW)).toEqual(never(code, status));
    expect(judge(httpFailure(status), PRIMERO, NOW)).toEqual(never(code, status));
  });

  test.each<[name: string, header: string, ms: number]>([
    ['seconds', '30', 30_000],
    ['a date', 'Thu, 01 Oct 2026 00:01:00 GMT', 60_000],
  ])('a 503 says when to ask again: %s', (_, header, ms) => {
    const headers = { 'retry-after': header };
    expect(judge(primeroFailure(503, headers), PRIMERO, NOW)).toEqual(later(503, ms));
    expect(judge(httpFailure(503, headers), PRIMERO, NOW)).toEqual(later(503, ms));
  });

  test('a refusal says nothing of when', () => {
    const refusal = primeroFailure(403, { 'retry-after': '30' });
    expect(judge(refusal, PRIMERO, NOW)).toEqual(never('PRIMERO_FORBIDDEN', 403));
  });

  test('a body that looks like an answer itself changes nothing', () => {
    const body = 'Server responded with:\n{"statusCode": 503}';
    expect(judge(primeroFailure(401, {}, body), PRIMERO, NOW)).toEqual(
      never('PRIMERO_SIGN_IN', 401),
    );
  });

  test.each<[name: string, text: string]>([
    ['cut off', 'Server responded with:\n{"statusCode": 50'],
    ['null', 'Server responded with:\nnull'],
  ])('an answer that is %s does not pass', (_, text) => {
    expect(judge(new Error(text), PRIMERO, NOW)).toEqual(never('PRIMERO_REFUSED', 0));
  });

  test('HTML with status 200 is a TypeError in the adaptor, and may pass', () => {
    expect(judge(new TypeError("reading 'total' of secret"), PRIMERO, NOW)).toEqual(
      verdict('PRIMERO_BAD_ANSWER', 'Primero answered with something that is not JSON.', true),
    );
  });

  test('an error from outside of the sandbox is known by its name', () => {
    const foreign = { name: 'TypeError', message: 'secret' };
    expect(judge(foreign, PRIMERO, NOW)).toMatchObject({ code: errors.PRIMERO_BAD_ANSWER });
  });
});

describe('What the inbox answers', () => {
  test.each<[status: number, code: Code, mayPass: boolean]>([
    [503, 'INBOX_UNREACHABLE', true],
    [401, 'INBOX_REFUSED', false],
    [400, 'INBOX_REFUSED', false],
    [413, 'INBOX_REFUSED', false],
  ])('%i', (status, code, mayPass) => {
    expect(judge(httpFailure(status), INBOX, NOW)).toEqual(
      verdict(code, `The inbox answered with status ${status}.`, mayPass),
    );
  });
});

describe('No answer', () => {
  test.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EPIPE',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UND_ERR_SOCKET',
  ])('%s may pass', (code) => {
    const error = Object.assign(new Error(`${code} secret-host`), { code });
    expect(judge(error, PRIMERO, NOW)).toEqual(
      verdict('PRIMERO_UNREACHABLE', `Primero could not be reached (${code}).`, true),
    );
    expect(judge(error, INBOX, NOW)).toEqual(
      verdict('INBOX_UNREACHABLE', `The inbox could not be reached (${code}).`, true),
    );
  });

  test.each<[name: string, error: unknown]>([
    [
      'a TypeError of fetch, which has a cause',
      new TypeError('fetch failed', { cause: new Error() }),
    ],
    ['an error without a code', new Error('socket hang up')],
    ['a code that is no code', Object.assign(new Error(), { code: 'secret value' })],
    ['a code that is a number', Object.assign(new Error(), { code: 7 })],
    ['a text', 'secret'],
    ['null', null],
    ['nothing', undefined],
  ])('%s', (_, error) => {
    expect(judge(error, PRIMERO, NOW)).toEqual(
      verdict('PRIMERO_UNREACHABLE', 'Primero could not be reached.', true),
    );
  });

  test('within the time-out may pass', () => {
    const what = `Primero did not answer within ${RETRY.timeout} s.`;
    expect(judge(new Timeout(), PRIMERO, NOW)).toEqual(verdict('PRIMERO_UNAVAILABLE', what, true));
    expect(judge(new Timeout(), INBOX, NOW)).toMatchObject({ code: errors.INBOX_UNREACHABLE });
  });
});

describe('An error of the sync keeps its code and text', () => {
  test.each<[code: Code, mayPass: boolean]>([
    ['PRIMERO_BAD_ANSWER', true],
    ['PRIMERO_FILTER_DROPPED', false],
    ['PRIMERO_ORDER_IGNORED', false],
    ['PRIMERO_UNSETTLED', false],
    ['CREDENTIAL_INVALID', false],
  ])('%s, may pass: %j', (code, mayPass) => {
    const error = new SyncError(KINDS[code], 'This failed.');
    expect(judge(error, PRIMERO, NOW)).toEqual(verdict(code, 'This failed.', mayPass));
  });
});

test('No verdict shows what the other side sent, 1,000 times', () => {
  const secret = fc.string().map((text) => `«${text}»`);
  const error = fc.oneof(
    fc
      .tuple(fc.integer({ min: 300, max: 599 }), secret)
      .map(([status, body]) =>
        primeroFailure(status, { 'x-header': body, 'retry-after': body }, body),
      ),
    secret.map((text) => new TypeError(text)),
    secret.map((text) => Object.assign(new Error(text), { code: text, body: text })),
    secret,
  );
  fc.assert(
    fc.property(error, fc.constantFrom(PRIMERO, INBOX), (each, party) => {
      expect(JSON.stringify(judge(each, party, NOW))).not.toContain('«');
    }),
    { numRuns: 1_000 },
  );
});

describe('A time-out', () => {
  test.each<[name: string, error: unknown, timedOut: boolean]>([
    ['of ours', new Timeout(), true],
    ['of a proxy, by the primero adaptor', primeroFailure(504), true],
    ['of a proxy, by the http adaptor', httpFailure(504), true],
    ['is no other failure of a server', httpFailure(503), false],
    ['is no broken connection', new Error('socket hang up'), false],
  ])('%s', (_, error, timedOut) => {
    expect(isTimeout(error)).toBe(timedOut);
  });
});

describe('backOffMs', () => {
  const { first, factor, longest } = RETRY;
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test('doubles from the first delay on, up to the longest', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => backOffMs(attempt, 0.999_999_999));
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1000));
    expect(backOffMs(1, 0)).toBe(500);
    expect(backOffMs(8, 0)).toBe(30_000);
  });

  test('lies in the upper half of its delay', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), random, (attempt, number) => {
        const delay = Math.min(first * factor ** (attempt - 1), longest);
        const ms = backOffMs(attempt, number);
        expect(ms).toBeGreaterThanOrEqual(delay * 500);
        expect(ms).toBeLessThanOrEqual(delay * 1000);
      }),
    );
  });

  test('spreads: another number, another delay', () => {
    expect(backOffMs(3, 0.1)).not.toBe(backOffMs(3, 0.2));
  });
});
