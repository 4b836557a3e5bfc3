import type { PrimeroCredential } from '../credentials/schema.ts';
import { formsWithout } from './dictionary/forms.ts';
import { LOOKUPS, type Lookup } from './dictionary/lookups.ts';
import { answerCases } from './endpoints/cases.ts';
import { answerLocations } from './endpoints/locations.ts';
import { answerOneCase, disableCase } from './endpoints/one-case.ts';
import { pageOf } from './endpoints/paging.ts';
import { answerToken } from './endpoints/tokens.ts';
import { type Family, RULES } from './family.ts';
import { Faults } from './faults.ts';
import { mix } from './hash.ts';
import type { Role } from './role.ts';
import { callHooks, type Hook, type LoggedRequest, makeServer } from './server.ts';
import { SignIn } from './sign-in.ts';
import { PrimeroStore } from './store.ts';
import { Workers } from './workers.ts';

export { costOf, type Question } from './cost-of.ts';
export { FAMILIES, type Family } from './family.ts';
export type { Fault, FaultPlan, RequestInfo } from './faults.ts';
export { Faults } from './faults.ts';
export type { GhostFacts } from './ghosts.ts';
export type { Quarter, QuarterCounts } from './quarter.ts';
export { MAPPED_FIELD_NAMES, type PrimeroRecord } from './records/fields.ts';
export type { Role } from './role.ts';
export type { Hook, LoggedRequest, Moment } from './server.ts';
export { type CaseFacts, PrimeroStore } from './store.ts';
export { TAINT } from './taint.ts';

export type PrimeroOptions = {
  /** How many cases there are at the start; 5,000. At most 1,000,000 were tried. */
  cases?: number;
  /** Decides all content; 1. */
  seed?: number;
  /** Which Primero it stands for; 2.14. */
  family?: Family;
  /** 0: a free one. */
  port?: number;
  /** The server's clock, ms; `Date.now`. A `Retry-After` that is a date goes by it, too. */
  now?: () => number;
  user?: string;
  password?: string;
  /** Fields that the user's role may not see: filters on them are dropped, and they never come. */
  hiddenFields?: readonly string[];
  /** Fields that this Primero was not set up with: no form has them either. */
  missingFields?: readonly string[];
  /** A larger `per` is cut to this; by default as the family does it. */
  largestPage?: number;
  /** Takes the time that a real one takes, one question at a time for each worker (2); off. */
  costs?: boolean | { workers?: number };
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
  /** What a credentials file has under `primero`. */
  credential: PrimeroCredential;
  store: PrimeroStore;
  faults: Faults;
  /** What the user may see: change it while the server runs. */
  role: Role;
  /** A larger `per` is cut to this: change it while the server runs. */
  largestPage: number;
  /** Lists of options: change them while the server runs. */
  lookups: Lookup[];
  /** Family 2.9: builds the search index anew, as far as a share (0 to 1) of the cases. */
  reindex: (share?: number) => void;
  /** All requests so far, in the order of their coming. */
  requests: LoggedRequest[];
  /** Calls back at each moment of each request; returns how to stop that. */
  onRequest: (hook: Hook) => () => void;
  close: () => Promise<void>;
};

const TWO_WORKERS = 2;

const workersFor = (costs: PrimeroOptions['costs']): Workers | undefined => {
  if (!costs) return undefined;
  return new Workers(costs === true ? TWO_WORKERS : (costs.workers ?? TWO_WORKERS));
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
  const { cases = 5000, seed = 1, family = '2.14', port = 0, now = Date.now } = options;
  const { user = 'sync', password = 'sandbox-only', commitDelayMs = 0, sameInstant = 0 } = options;
  const until = options.until ?? now() - 15 * 60_000;
  const store = new PrimeroStore({ cases, seed, family, now, until, commitDelayMs, sameInstant });
  const hooks = new Set<Hook>();
  const signIn = new SignIn(user, password, now);
  const missing = new Set(options.missingFields);
  const role: Role = { hiddenFields: new Set([...missing, ...(options.hiddenFields ?? [])]) };
  const primero: Primero = {
    url: '',
    credential: { url: '', user, password, basicAuth: true },
    store,
    faults: new Faults(),
    role,
    largestPage: options.largestPage ?? RULES[family].largestPage,
    lookups: structuredClone([...LOOKUPS]),
    reindex: (share) => store.reindex(share),
    requests: [],
    onRequest: (hook) => {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
    close: () => server.close(),
  };

  const server = makeServer({
    faults: primero.faults,
    hooks,
    requests: primero.requests,
    signIn,
    // Users may not be read by one who reads cases.
    forbidden: new Set(['users', ...(options.forbidden ?? [])]),
    now,
    workers: workersFor(options.costs),
    endpoints: {
      'GET /api/v2/cases': (request, n) =>
        answerCases(request.query, {
          store,
          family,
          role,
          largestPage: primero.largestPage,
          during: () => (hooks.size > 0 ? callHooks(hooks, 'during', request, n) : undefined),
          tieSeed: mix(seed, n),
        }),
      'GET /api/v2/cases/*': ({ path, query }) =>
        answerOneCase(path, query, { store, family, role }),
      'DELETE /api/v2/cases/*': ({ path }) => disableCase(path, { store, family, role }),
      'GET /api/v2/users': () => ({ content: { data: [] } }),
      'GET /api/v2/lookups': ({ query }) => ({ content: pageOf(primero.lookups, query, 20, 1000) }),
      'GET /api/v2/forms': ({ query }) => ({
        content: { data: (query.record_type ?? 'case') === 'case' ? formsWithout(missing) : [] },
      }),
      'GET /api/v2/locations': ({ query }) => ({ content: answerLocations(query) }),
      'POST /api/v2/tokens': (_, __, body) => answerToken(body as never, signIn, family),
    },
  });
  primero.url = await server.listen({ port, host: '127.0.0.1' });
  primero.credential.url = primero.url;
  return primero;
};
