import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startChild } from '../../../local/sync/child-process.ts';

const NAME = 'the sandbox Primero';

test('a server lives through the Ctrl-C of its terminal, and ends when it is told to', async () => {
  const child = await startChild<{ url: string }>('primero-server', NAME, { cases: 10 });
  process.kill(child.pid, 'SIGINT');
  expect((await fetch(child.ready.url)).status).toBe(404);
  await child.stop();
  expect(() => process.kill(child.pid, 0)).toThrow();
});

test('a server that cannot start says why', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expect(startChild('primero-server', NAME, { cases: 10, port })).rejects.toThrow(
    /^SERVER_FAILED: the sandbox Primero did not start: .*EADDRINUSE/,
  );
  taken.close();
});
