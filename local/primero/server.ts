import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Endpoint } from './answer.ts';
import type { Faults, RequestInfo } from './faults.ts';
import { errorBody, insteadOfAnswer, sendSpoilt, thinOut } from './play-fault.ts';
import { QueryFailure } from './query/outcome.ts';
import type { SignIn } from './sign-in.ts';

/**
 * When a hook is called: before a request is looked at, between its two looks into the database,
 * and when its answer is made but not yet sent.
 */
export type Moment = 'before' | 'during' | 'after';
export type Hook = (moment: Moment, request: RequestInfo, n: number) => void | Promise<void>;

/** A request as the log keeps it; status 0: no answer was given. */
export type LoggedRequest = RequestInfo & { status: number };

export type ServerParts = {
  faults: Faults;
  hooks: ReadonlySet<Hook>;
  requests: LoggedRequest[];
  signIn: SignIn;
  /** Parts of the API, such as `cases`, that the user's role may not use. */
  forbidden: ReadonlySet<string>;
  now: () => number;
  /** Endpoints by `METHOD path`. */
  endpoints: Readonly<Record<string, Endpoint>>;
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
  const { faults, hooks, requests, signIn, forbidden, now, endpoints } = parts;
  const server = Fastify({ forceCloseConnections: true });
  let n = 0;

  const handle = async (request: FastifyRequest, reply: FastifyReply, endpoint?: Endpoint) => {
    const path = request.url.split('?')[0]!;
    const info = { method: request.method, path, query: singles(request.query) };
    const logged: LoggedRequest = { ...info, status: 0 };
    const count = ++n;
    requests.push(logged);
    const finish = async (status: number, body: string) => {
      logged.status = status;
      if (hooks.size > 0) await callHooks(hooks, 'after', info, count);
      return reply.code(status).type('application/json; charset=utf-8').send(body);
    };

    if (hooks.size > 0) await callHooks(hooks, 'before', info, count);
    const fault = faults.take(info, count);
    const instead = fault && insteadOfAnswer(fault, path, now());
    if (instead) {
      logged.status = instead.status;
      if (hooks.size > 0) await callHooks(hooks, 'after', info, count);
      instead.play(reply);
      return reply;
    }
    if (!endpoint) return finish(404, errorBody(404, path));
    if (path !== '/api/v2/tokens' && !signIn.admits(request.headers))
      return finish(401, '{"error":"You need to sign in or sign up before continuing."}');
    if (forbidden.has(path.split('/')[3] ?? '')) return finish(403, errorBody(403, path));

    const query = fault?.kind === 'ignore' ? without(info.query, fault.params) : info.query;
    try {
      const answer = await endpoint({ ...info, query }, count, request.body);
      if (answer.headers) reply.headers(answer.headers);
      const status = answer.status ?? 200;
      const body = JSON.stringify(thinOut(fault, answer.content));
      if (!fault || status !== 200) return await finish(status, body);
      logged.status = status;
      await callHooks(hooks, 'after', info, count);
      return await sendSpoilt(fault, body, reply);
    } catch (error) {
      if (error instanceof QueryFailure) return finish(500, errorBody(500, path));
      throw error;
    }
  };

  for (const [name, endpoint] of Object.entries(endpoints)) {
    const [method, url] = name.split(' ') as ['GET' | 'POST', string];
    server.route({ method, url, handler: (request, reply) => handle(request, reply, endpoint) });
  }
  server.setNotFoundHandler((request, reply) => handle(request, reply));
  return server;
};
