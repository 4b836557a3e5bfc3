import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listen } from './listen.ts';

/** A request as a test server got it. */
type Got = { method: string; path: string; headers: IncomingHttpHeaders; body: unknown };

/** What a test server answers to its n-th request, counted from 1. */
export type Answer = { status: number; headers?: Record<string, string>; body?: string };

/**
 * Starts a web server on a free port that keeps what it gets.
 * @example <caption>One that takes everything</caption>
 * const inbox = await startWebServer(() => ({ status: 202 }));
 */
export const startWebServer = async (answer: (n: number, got: Got) => Answer) => {
  const requests: Got[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      const { method = '', url = '', headers: sent } = request;
      const got = { method, path: url, headers: sent, body: text === '' ? null : JSON.parse(text) };
      requests.push(got);
      const { status, headers = {}, body = '{}' } = answer(requests.length, got);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/inbox`,
    requests,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};
