import { createServer } from 'node:http';
import type { Message } from '../../jobs/lib/message.ts';

/** How the inbox takes the next message: as it should, or not. */
export type Reception =
  | 'takes it'
  | 'is busy'
  | 'takes it and says 500'
  | 'takes it and hangs up'
  | 'hangs up';

export type Inbox = {
  url: string;
  /** How the next messages are taken; as they should be where it says nothing. */
  receptions: Reception[];
  close(): Promise<void>;
};

/** An inbox of the simulation: a real server, which hands what it takes to `take`. */
export const startInbox = async (take: (message: Message) => void): Promise<Inbox> => {
  const receptions: Reception[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reception = receptions.shift() ?? 'takes it';
      if (reception.startsWith('takes it')) take(JSON.parse(Buffer.concat(chunks).toString()));
      if (reception.endsWith('hangs up')) return request.socket.destroy();
      const status = reception === 'is busy' ? 503 : reception === 'takes it' ? 202 : 500;
      if (status === 503) response.setHeader('retry-after', '3');
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{}');
    });
  });
  // A connection that is closed by real time would be chance.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/`,
    receptions,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
