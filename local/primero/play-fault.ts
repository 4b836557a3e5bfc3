import type { FastifyReply } from 'fastify';
import { errors } from './error-body.ts';
import type { Fault } from './faults.ts';

const PAGE = `<!DOCTYPE html>
<html><head><title>Please wait</title></head>
<body><h1>The application is starting</h1></body></html>
`;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const drip = async (reply: FastifyReply, body: string, bytes: number, everyMs: number) => {
  reply.hijack();
  const { raw } = reply;
  const content = Buffer.from(body);
  raw.writeHead(200, { 'content-type': 'application/json', 'content-length': content.length });
  for (let at = 0; at < content.length && !raw.destroyed; at += bytes) {
    raw.write(content.subarray(at, at + bytes));
    await wait(everyMs);
  }
  raw.end();
};

const drop = (reply: FastifyReply, body: string) => {
  reply.hijack();
  const { raw } = reply;
  const content = Buffer.from(body);
  raw.writeHead(200, { 'content-type': 'application/json', 'content-length': content.length });
  // What is written must have left before the connection goes.
  raw.write(content.subarray(0, Math.ceil(content.length / 2)), () => raw.destroy());
};

type StatusFault = Fault & { kind: 'status' };

/** An error status as its fault says: with `Retry-After`, and with the body of who sends it. */
const sendStatus = (reply: FastifyReply, fault: StatusFault, path: string, now: number) => {
  const { status, retryAfter, retryAfterAs = 'seconds', body = 'primero' } = fault;
  if (retryAfter !== undefined) {
    const date = new Date(now + retryAfter * 1000).toUTCString();
    reply.header('retry-after', retryAfterAs === 'date' ? date : String(retryAfter));
  }
  reply.code(status);
  if (body === 'none') return reply.send();
  if (body === 'html') return reply.type('text/html').send(PAGE);
  return reply.type('application/json').send(JSON.stringify(errors(status, path)));
};

/** A fault that needs no answer of the endpoint: the status to log (0: none), and how to play it. */
export const insteadOfAnswer = (fault: Fault, path: string, now: number) => {
  if (fault.kind === 'status') {
    const play = (reply: FastifyReply) => sendStatus(reply, fault, path, now);
    return { status: fault.status, play };
  }
  if (fault.kind === 'blank')
    return { status: 200, play: (reply: FastifyReply) => reply.type('application/json').send('') };
  if (fault.kind === 'html')
    return { status: 200, play: (reply: FastifyReply) => reply.type('text/html').send(PAGE) };
  if (fault.kind === 'hang') return { status: 0, play: (reply: FastifyReply) => reply.hijack() };
  if (fault.kind === 'drop' && !fault.midway) {
    const play = (reply: FastifyReply) => reply.hijack().raw.destroy();
    return { status: 0, play };
  }
  return undefined;
};

/** Sends an answer, spoilt as the fault says. */
export const sendSpoilt = async (fault: Fault | undefined, body: string, reply: FastifyReply) => {
  if (fault?.kind === 'drip') return drip(reply, body, fault.bytes ?? 256, fault.everyMs ?? 20);
  if (fault?.kind === 'drop') return drop(reply, body);
  const cut = fault?.kind === 'cut' ? body.slice(0, Math.floor(body.length * 0.6)) : body;
  return reply.type('application/json; charset=utf-8').send(cut);
};

/** An answer's content with less in it than there should be; what is no list stays whole. */
export const thinOut = (fault: Fault | undefined, content: unknown): unknown => {
  const { data, metadata } = content as { data?: unknown; metadata?: object };
  if (!fault || !Array.isArray(data)) return content;
  if (fault.kind === 'half') return { data: data.slice(0, Math.floor(data.length / 2)), metadata };
  if (fault.kind === 'hollow') return { data: [], metadata };
  if (fault.kind === 'empty') return { data: [], metadata: metadata && { ...metadata, total: 0 } };
  return content;
};
