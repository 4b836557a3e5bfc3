import { RETRY } from '../policy.ts';
import type { Kind } from './registry.ts';
import * as errors from './registry.ts';
import { SyncError } from './sync-error.ts';
import { Timeout } from './time-out.ts';

/** What an error means: what to call it, whether it may pass, and how long the other side asks to wait. */
export interface Verdict {
  code: Kind;
  what: string;
  mayPass: boolean;
  waitMs: number | null;
}

/** To whom a request goes, and the errors for its failures. */
export interface Party {
  name: string;
  /** It could not be reached, or says that it is busy. */
  down: Kind;
  busy: Kind;
  /** It answered with something that it would never say. */
  odd: Kind;
  /** It refused: by HTTP status, or with any other status. */
  statuses: Record<number, Kind>;
  refused: Kind;
}

export const PRIMERO: Party = {
  name: 'Primero',
  down: errors.PRIMERO_UNREACHABLE,
  busy: errors.PRIMERO_UNAVAILABLE,
  odd: errors.PRIMERO_BAD_ANSWER,
  statuses: { 401: errors.PRIMERO_SIGN_IN, 403: errors.PRIMERO_FORBIDDEN },
  refused: errors.PRIMERO_REFUSED,
};

export const INBOX: Party = {
  name: 'The inbox',
  down: errors.INBOX_UNREACHABLE,
  busy: errors.INBOX_UNREACHABLE,
  odd: errors.INBOX_REFUSED,
  statuses: {},
  refused: errors.INBOX_REFUSED,
};

export const ALERT: Party = {
  name: 'The webhook of the alert',
  down: errors.ALERT_REFUSED,
  busy: errors.ALERT_REFUSED,
  odd: errors.ALERT_REFUSED,
  statuses: {},
  refused: errors.ALERT_REFUSED,
};

/** Statuses that mean "later": too early, too many, and failures of the server or of a proxy in front of it. */
export const PASSING_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Both forms of `Retry-After` (RFC 9110, 10.2.3): seconds, or a date. */
export const retryAfterMs = (header: unknown, now: number): number | null => {
  const text = String(header ?? '').trim();
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs);
};

/** Properties of the adaptors' errors. These come from outside of the sandbox, so none is `instanceof Error` here. */
interface Failed {
  name?: unknown;
  message?: unknown;
  code?: unknown;
  cause?: unknown;
  statusCode?: unknown;
  headers?: Record<string, unknown>;
  body?: unknown;
}

interface HttpFailure {
  status: number;
  retryAfter: unknown;
  body: unknown;
}

/**
 * The status in an error. The http adaptor sets `statusCode` and `headers`; the primero adaptor writes the
 * whole response as JSON after `Server responded with:` into the text.
 */
export const httpFailure = (error: unknown): HttpFailure | null => {
  const { statusCode, headers, body, message } = (error ?? {}) as Failed;
  if (typeof statusCode === 'number')
    return { status: statusCode, retryAfter: headers?.['retry-after'], body };
  const [, json] = String(message).split('Server responded with:\n');
  if (json === undefined) return null;
  try {
    const { statusCode: status, headers: sent, body: text } = JSON.parse(json);
    return { status: Number(status), retryAfter: sent?.['retry-after'], body: text };
  } catch (_notJson) {
    return { status: 0, retryAfter: null, body: null };
  }
};

/** Whether the question was too large to be answered in time, for us or for a proxy, which then answers 504. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof Timeout || httpFailure(error)?.status === 504;

/**
 * Judges an error of a request.
 * @param now ms since 1970, needed for a `Retry-After` that is a date
 */
export const judge = (error: unknown, party: Party, now: number): Verdict => {
  const verdict = (code: Kind, what: string, mayPass: boolean, waitMs: number | null = null) => ({
    code,
    what,
    mayPass,
    waitMs,
  });
  const { name, busy, odd, down, statuses, refused } = party;
  if (error instanceof SyncError) return verdict(error.kind, error.what, error.kind === odd);
  if (error instanceof Timeout)
    return verdict(busy, `${name} did not answer within ${RETRY.timeout} s.`, true);
  const failure = httpFailure(error);
  if (failure) {
    const { status, retryAfter } = failure;
    const what = `${name} answered with status ${status}.`;
    return PASSING_STATUSES.has(status)
      ? verdict(busy, what, true, retryAfterMs(retryAfter, now))
      : verdict(statuses[status] ?? refused, what, false);
  }
  const { name: type, cause, code } = (error ?? {}) as Failed;
  if ((type === 'TypeError' || type === 'SyntaxError') && cause === undefined)
    return verdict(odd, `${name} answered with something that is not JSON.`, true);
  const reason = /^[A-Z_]+$/.test(String(code ?? '')) ? ` (${code})` : '';
  return verdict(down, `${name} could not be reached${reason}.`, true);
};

/**
 * How long to wait before asking again: exponential, with full jitter on its upper half.
 * @param attempt how many have failed, from 1
 * @param random a number in [0, 1)
 */
export const backOffMs = (attempt: number, random: number): number =>
  Math.round(
    Math.min(RETRY.first * RETRY.factor ** (attempt - 1), RETRY.longest) * (500 + random * 500),
  );
