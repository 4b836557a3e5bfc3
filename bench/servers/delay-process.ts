/**
 * A network that is far away: passes TCP on, each way half the round trip later.
 * Argument: JSON of `{ port, roundTripMs }`. Says `{ ready: { port } }` over IPC.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const { port, roundTripMs } = JSON.parse(process.argv[2] ?? '{}') as {
  port: number;
  roundTripMs: number;
};

const pass = (from: Socket, to: Socket): void => {
  from.setNoDelay(true);
  from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), roundTripMs / 2));
  from.on('end', () => setTimeout(() => to.end(), roundTripMs / 2));
  from.on('error', () => to.destroy());
};

const server = createServer((near) => {
  const far = connect(port, 'localhost');
  pass(near, far);
  pass(far, near);
}).listen(0, '127.0.0.1', () =>
  process.send?.({ ready: { port: (server.address() as AddressInfo).port } }),
);
process.on('disconnect', () => process.exit());
