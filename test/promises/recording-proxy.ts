import { request as askOn, createServer } from 'node:http';
import { listen } from '../support/listen.ts';

/**
 * Stands before a server and keeps every request as it came: method, URL, headers and body, as one text. What
 * signs a request in is left out of it: that is where a credential belongs. `onAnswer` is told each body that goes back.
 */
export const startRecordingProxy = async (
  target: string,
  onAnswer: (body: string) => void = () => {},
) => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { authorization: _, 'x-api-key': __, ...headers } = request.headers;
      requests.push([request.method, request.url, JSON.stringify(headers), body].join('\n'));
      const { hostname, port } = new URL(target);
      const { method, url: path, headers: sent } = request;
      const onward = askOn({ hostname, port, method, path, headers: sent }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.on('error', () => response.destroy());
        const parts: Buffer[] = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => onAnswer(Buffer.concat(parts).toString()));
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      response.on('close', () => onward.destroy());
      onward.end(body);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
};
