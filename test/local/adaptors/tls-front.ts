import { connect, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { rawServer } from '../../support/raw-server.ts';
import { selfSigned } from './self-signed.ts';

/** What a client sends to ask a PostgreSQL server for TLS. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

type Place = { host: string; port: number };

const join = (client: Socket, { host, port }: Place): Socket => {
  const server = connect({ host, port });
  server.on('error', () => client.destroy());
  client.on('error', () => server.destroy());
  client.pipe(server).pipe(client);
  return server;
};

/** A port that speaks TLS with a certificate that nobody signed, and hands on to a database. */
export const tlsFront = (database: Place): Promise<number> =>
  rawServer((client) => {
    client.once('data', (first) => {
      if (!first.equals(SSL_REQUEST)) return client.destroy();
      client.write('S');
      return join(new TLSSocket(client, { isServer: true, ...selfSigned }), database);
    });
  });

/** A port that hands on to a database until the client sends this text, then drops both sides. */
export const droppingFront = (database: Place, at: string): Promise<number> =>
  rawServer((client) => {
    const server = join(client, database);
    client.on('data', (chunk) => {
      if (!chunk.includes(at)) return;
      client.destroy();
      server.destroy();
    });
  });
