import Fastify, { type FastifyInstance } from 'fastify';
import { keyCheck } from './api-key.ts';

/** 64 KB: a message is a few hundred bytes, and carries no case data. */
const BODY_LIMIT = 64 * 1024;

/** A sender that takes longer to send its message is cut off. */
const REQUEST_MS = 10_000;

/** Where messages are posted. The platform's webhooks begin in the same way. */
export const INBOX_PATH = '/i/primero-ona-sync';

/** Its answer to GET, which shows that this inbox is ours. */
export const OUR_GREETING = 'The inbox is here: POST a message to it.';

export type ServerOptions = {
  apiKey: string;
  /** Why a body is not a message, or null if it is one. */
  validate(body: unknown): string | null;
  /** Stores a message; its id comes when it is safe. */
  accept(message: unknown): Promise<string>;
};

const parse = (body: unknown): { message: unknown } | null => {
  try {
    return { message: JSON.parse(String(body)) };
  } catch {
    return null;
  }
};

/**
 * The HTTP face of the inbox: POST with the header `x-api-key`. Answers 202 `{ id }` once the
 * message is stored, else `{ error }` with 401 (key), 413 (over 64 KB) or 400 (not a message).
 * GET answers 200 to a right key.
 */
export const inboxServer = ({ apiKey, validate, accept }: ServerOptions): FastifyInstance => {
  const server = Fastify({ bodyLimit: BODY_LIMIT, requestTimeout: REQUEST_MS });
  const isKey = keyCheck(apiKey);

  // Before the body is read: the body of a stranger is not even parsed.
  server.addHook('onRequest', async (request, reply) => {
    if (isKey(request.headers['x-api-key'])) return;
    await reply.code(401).send({ error: 'x-api-key is missing or wrong' });
  });

  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });

  // As on the platform: whoever has the key learns that it is right, and starts nothing.
  server.get(INBOX_PATH, async () => ({ message: OUR_GREETING }));

  server.post(INBOX_PATH, async (request, reply) => {
    const parsed = parse(request.body);
    const reason = parsed ? validate(parsed.message) : 'the body is not JSON';
    if (reason !== null) return reply.code(400).send({ error: reason });
    return reply.code(202).send({ id: await accept(parsed!.message) });
  });

  server.setErrorHandler(
    async (error: { statusCode?: number; message: string }, _request, reply) => {
      const status = error.statusCode ?? 500;
      const reasons: Record<number, string> = {
        413: 'the body is over 64 KB',
        500: 'the message could not be stored: is the disk full?',
      };
      return reply.code(status).send({ error: reasons[status] ?? error.message });
    },
  );

  return server;
};
