import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An inbox on a free port, which keeps what was posted to it, in the order in which it came. */
export const openInbox = async () => {
  const waiting: unknown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    waiting.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { credential: { inboxUrl: `http://127.0.0.1:${port}/`, apiKey: 'bench' }, waiting, close };
};
