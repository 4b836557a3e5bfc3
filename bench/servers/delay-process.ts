/**
 * A network that is far away: passes TCP on, each way half the round trip later.
 * Is told `{ port, roundTripMs }`, and says `{ ready: { port } }`, over IPC.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

type Task = { port: number; roundTripMs: number };
const [{ port, roundTripMs }] = (await once(process, 'message')) as [Task];

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
