import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { listen } from './listen.ts';

/** A port of this machine on which a test says what becomes of each connection. */
export const rawServer = async (onClient: (client: Socket) => void): Promise<number> => {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('error', () => {});
    onClient(client);
  });
  onTestFinished(() => {
    server.close();
    for (const client of clients) client.destroy();
  });
  return listen(server);
};

/** A port on which nobody listens. */
export const closedPort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** A port that refuses every sign-in with an SQLSTATE, as PostgreSQL does. */
export const refusingDatabase = (state: string): Promise<number> => {
  const fields = `SFATAL\0C${state}\0Mrefused for secret-marker\0Dsecret-marker\0\0`;
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + fields.length, 1);
  return rawServer((client) => {
    client.once('data', () => client.end(Buffer.concat([head, Buffer.from(fields)])));
  });
};
