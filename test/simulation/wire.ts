import { connect, createServer, type Server, type Socket } from 'node:net';

/** Type byte of the message with which PostgreSQL ends each answer (protocol, 55.7: ReadyForQuery). */
const READY = 'Z'.charCodeAt(0);
const READY_LENGTH = 6;

const endsAnswer = (chunk: Buffer) => chunk.at(-READY_LENGTH) === READY;

/** The connection of one run to PostgreSQL, which can be cut. */
export type Wire = {
  port: number;
  /** Refuses new connections. */
  refuses: boolean;
  /** Cuts the connection now. */
  cut(): void;
  /** Cuts it when the next answer has come, before any of it is handed on. */
  cutAtAnswer(): void;
  /** Port on PostgreSQL's side, by which it knows the connection. */
  clientPort(): number | undefined;
  close(): Promise<void>;
};

/** Lays a wire to a PostgreSQL. */
export const layWire = async (to: { host: string; port?: number | undefined }): Promise<Wire> => {
  const sockets = new Set<Socket>();
  let upstream: Socket | undefined;
  let swallows = false;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server: Server = createServer((client) => {
    if (wire.refuses) return client.destroy();
    const socket = connect(to.port ?? 5432, to.host);
    upstream = socket;
    for (const each of [client, socket]) {
      sockets.add(each);
      each.setNoDelay(true);
      each.on('error', () => each.destroy());
      each.on('close', () => {
        sockets.delete(each);
        client.destroy();
        socket.destroy();
      });
    }
    client.on('data', (chunk) => socket.write(chunk));
    client.on('end', () => socket.end());
    socket.on('end', () => client.end());
    socket.on('data', (chunk) => {
      if (!swallows) client.write(chunk);
      else if (endsAnswer(chunk)) cut();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const wire: Wire = {
    port,
    refuses: false,
    cut,
    cutAtAnswer: () => {
      swallows = true;
    },
    clientPort: () => upstream?.localPort,
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
  return wire;
};
