import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** Counts what goes over this process's connections to one port, without standing in between. */
export const watchWire = (port: number) => {
  const sockets = new Set<Socket>();
  const paths: string[] = [];
  diagnostics.subscribe('http.client.request.start', (message) => {
    const { request } = message as { request: ClientRequest };
    if (!request.getHeader('host')?.toString().endsWith(`:${port}`)) return;
    paths.push(request.path);
    // Published as the request is finished: it may have its connection already.
    if (request.socket) sockets.add(request.socket);
    else request.once('socket', (socket) => sockets.add(socket));
  });
  const bytes = () => [...sockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  return { paths, bytes };
};
