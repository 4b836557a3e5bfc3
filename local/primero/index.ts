import { formsFor } from './dictionary/forms.ts';
import { LOOKUPS } from './dictionary/lookups.ts';
import { answerCases } from './endpoints/cases.ts';
import { answerLocations } from './endpoints/locations.ts';
import { pageOf } from './endpoints/paging.ts';
import { answerToken } from './endpoints/tokens.ts';
import { Faults } from './faults.ts';
import { mix } from './hash.ts';
import { callHooks, type Hook, type LoggedRequest, makeServer } from './server.ts';
import { SignIn } from './sign-in.ts';
import { PrimeroStore } from './store.ts';
import type { Family } from './store-options.ts';

export type { Fault, FaultPlan, RequestInfo } from './faults.ts';
export { Faults } from './faults.ts';
export type { Quarter, QuarterCounts } from './quarter.ts';
export { MAPPED_FIELD_NAMES, type PrimeroRecord } from './records/fields.ts';
export type { Hook, LoggedRequest, Moment } from './server.ts';
export { type CaseFacts, PrimeroStore } from './store.ts';
export type { Family } from './store-options.ts';
export { TAINT } from './taint.ts';

export type PrimeroOptions = {
  /** How many cases there are at the start; 5,000. At most 1,000,000 were tried. */
  cases?: number;
  /** Decides all content; 1. */
  seed?: number;
  /** Which Primero it stands for; 2.11. */
  family?: Family;
  /** 0: a free one. */
  port?: number;
  /** The server's clock, ms; `Date.now`. A `Retry-After` that is a date goes by it, too. */
  now?: () => number;
  user?: string;
  password?: string;
  /** Fields that the user's role may not see: filters on them are dropped, and they never come. */
  hiddenFields?: readonly string[];
  /** Parts of the API, such as `lookups`, that answer 403. */
  forbidden?: readonly string[];
  /** Family 2.9: ms until the search index shows a change; 0. */
  commitDelayMs?: number;
  /** Newest `last_updated_at` of the cases at the start, ms; 15 minutes before now. */
  until?: number;
  /** So many of the cases at the start have one `last_updated_at`, to the millisecond; 0. */
  sameInstant?: number;
};

export type Primero = {
  url: string;
  user: string;
  password: string;
  store: PrimeroStore;
  faults: Faults;
  /** All requests so far, in the order of their coming. */
  requests: LoggedRequest[];
  /** Calls back at each moment of each request; returns how to stop that. */
  onRequest: (hook: Hook) => () => void;
  close: () => Promise<void>;
};

/**
 * Starts a stand-in for Primero's API on 127.0.0.1: a real server, with the behaviour that
 * Primero's source has and cases that are all invented.
 *
 * @example <caption>A thousand cases, changed while they are read</caption>
 * const primero = await startPrimero({ cases: 1000, family: '2.9' })
 * primero.onRequest((moment) => { if (moment === 'during') primero.store.update(7) })
 */
export const startPrimero = async (options: PrimeroOptions = {}): Promise<Primero> => {
  const { cases = 5000, seed = 1, family = '2.11', port = 0, now = Date.now } = options;
  const { user = 'sync', password = 'sandbox-only', commitDelayMs = 0, sameInstant = 0 } = options;
  const until = options.until ?? now() - 15 * 60_000;
  const store = new PrimeroStore({ cases, seed, family, now, until, commitDelayMs, sameInstant });
  const faults = new Faults();
  const hooks = new Set<Hook>();
  const requests: LoggedRequest[] = [];
  const signIn = new SignIn(user, password, now);
  const hidden = new Set(options.hiddenFields);

  const server = makeServer({
    faults,
    hooks,
    requests,
    signIn,
    forbidden: new Set(options.forbidden),
    now,
    endpoints: {
      'GET /api/v2/cases': async (request, n) => ({
        content: await answerCases(request.query, {
          store,
          family,
          hidden,
          during: () => (hooks.size > 0 ? callHooks(hooks, 'during', request, n) : undefined),
          tieSeed: mix(seed, n),
        }),
      }),
      'GET /api/v2/lookups': ({ query }) => ({ content: pageOf(LOOKUPS, query, 20, 1000) }),
      'GET /api/v2/forms': ({ query }) => ({
        content: { data: (query.record_type ?? 'case') === 'case' ? formsFor(hidden) : [] },
      }),
      'GET /api/v2/locations': ({ query }) => ({ content: answerLocations(query) }),
      'POST /api/v2/tokens': (_, __, body) => answerToken(body as never, signIn, family),
    },
  });
  const url = await server.listen({ port, host: '127.0.0.1' });
  const onRequest = (hook: Hook) => {
    hooks.add(hook);
    return () => void hooks.delete(hook);
  };
  return { url, user, password, store, faults, requests, onRequest, close: () => server.close() };
};
