import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../../support/listen.ts';

type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string };

/**
 * A Primero that answers as the test says. `requests` are those that came, `connections` how many
 * connections they came on.
 */
export const scriptedServer = async (answer: (response: ServerResponse, request: Seen) => void) => {
  const requests: Seen[] = [];
  const seen = { connections: 0 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      requests.push({ method, url, headers, body });
      answer(response, requests.at(-1)!);
    });
  });
  server.on('connection', () => {
    seen.connections += 1;
  });
  const port = await listen(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, requests, seen };
};

/** Answers with this as JSON. */
export const json = (response: ServerResponse, content: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(content));
};
