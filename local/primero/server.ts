import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Answer, Endpoint } from './answer.ts';
import { REQUEST_MS } from './costs.ts';
import { errors } from './error-body.ts';
import type { Faults, RequestInfo } from './faults.ts';
import { insteadOfAnswer, sendSpoilt, thinOut } from './play-fault.ts';
import { QueryFailure } from './query/outcome.ts';
import type { SignIn } from './sign-in.ts';
import type { Workers } from './workers.ts';

/**
 * When a hook is called: before a request is looked at, between its two looks into the database,
 * and when its answer is made but not yet sent.
 */
export type Moment = 'before' | 'during' | 'after';
export type Hook = (moment: Moment, request: RequestInfo, n: number) => void | Promise<void>;

/**
 * A request as the log keeps it; status 0: no answer was given. `costMs` says what it was charged,
 * where answers cost something; `records` how many cases its answer has.
 */
export type LoggedRequest = RequestInfo & { status: number; costMs?: number; records?: number };

export type ServerParts = {
  faults: Faults;
  hooks: ReadonlySet<Hook>;
  requests: LoggedRequest[];
  signIn: SignIn;
  /** Parts of the API, such as `cases`, that the user's role may not use. */
  forbidden: ReadonlySet<string>;
  now: () => number;
  /** Endpoints by `METHOD path`; a path may end in `/*`. */
  endpoints: Readonly<Record<string, Endpoint>>;
  /** Who takes the time that answers cost; absent: they cost nothing. */
  workers?: Workers | undefined;
};

const endpointFor = (
  endpoints: ServerParts['endpoints'],
  method: string,
  path: string,
): Endpoint | undefined => {
  const parent = path.slice(0, path.lastIndexOf('/'));
  return endpoints[`${method} ${path}`] ?? endpoints[`${method} ${parent}/*`];
};

/** The last one counts where a name comes twice, as in Rails. */
const singles = (query: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query as Record<string, string | string[]>).map(([name, value]) => [
      name,
      Array.isArray(value) ? (value.at(-1) ?? '') : value,
    ]),
  );

const without = (query: Record<string, string>, params: readonly string[]) =>
  Object.fromEntries(Object.entries(query).filter(([name]) => !params.includes(name)));

/** Calls all hooks, one after the other. */
export const callHooks = async (
  hooks: ReadonlySet<Hook>,
  moment: Moment,
  request: RequestInfo,
  n: number,
) => {
  for (const hook of hooks) await hook(moment, request, n);
};

/** The server: the log, hooks, faults and sign-in that all endpoints have in common. */
export const makeServer = (parts: ServerParts): FastifyInstance => {
  const { faults, hooks, requests, signIn, forbidden, now, endpoints, workers } = parts;
  const server = Fastify({ forceCloseConnections: true });
  let n = 0;

  /** What Primero itself answers, before anything spoils it. */
  const respond = async (info: RequestInfo, count: number, { headers, body }: FastifyRequest) => {
    const { method, path, query } = info;
    const endpoint = endpointFor(endpoints, method, path);
    if (!endpoint) return { status: 404, content: undefined };
    const refusal = path === '/api/v2/tokens' ? undefined : signIn.refusal(headers);
    if (refusal) return { status: 401, content: { error: refusal } };
    if (forbidden.has(path.split('/')[3] ?? '')) return { status: 403, content: errors(403, path) };
    try {
      return { status: 200, ...(await endpoint({ method, path, query }, count, body)) };
    } catch (error) {
      if (error instanceof QueryFailure) return { status: 500, content: errors(500, path) };
      throw error;
    }
  };

  const handle = async (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0]!;
    const info = { method: request.method, path, query: singles(request.query) };
    const logged: LoggedRequest = { ...info, status: 0 };
    const count = ++n;
    requests.push(logged);
    const after = async (status: number) => {
      logged.status = status;
      if (hooks.size > 0) await callHooks(hooks, 'after', info, count);
    };

    if (hooks.size > 0) await callHooks(hooks, 'before', info, count);
    const fault = faults.take(info, count);
    const instead = fault && insteadOfAnswer(fault, path, now());
    if (instead) {
      await after(instead.status);
      instead.play(reply);
      return reply;
    }
    const query = fault?.kind === 'ignore' ? without(info.query, fault.params) : info.query;
    const work = () => respond({ ...info, query }, count, request);
    const charge = ({ costMs = REQUEST_MS }: Answer) => {
      logged.costMs = costMs;
      return costMs;
    };
    const answer: Answer & { status: number } = workers
      ? await workers.answer(work, charge)
      : await work();
    const { status, content, records } = answer;
    if (records !== undefined) logged.records = records;
    await after(status);
    if (content === undefined) return reply.code(status).type('text/html; charset=utf-8').send('');
    if (answer.headers) reply.headers(answer.headers);
    const spoils = status === 200 ? fault : undefined;
    return sendSpoilt(spoils, JSON.stringify(thinOut(spoils, content)), reply.code(status));
  };

  server.all('*', handle);
  return server;
};
