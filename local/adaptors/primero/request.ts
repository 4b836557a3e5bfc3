import http from 'node:http';
import https from 'node:https';

const agents = {
  'http:': new http.Agent({ keepAlive: true }),
  'https:': new https.Agent({ keepAlive: true }),
};

/** Statuses that the official adaptor takes for success. */
const SUCCESS = [200, 201, 202, 204];

export type Request = {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
};

export type Response = {
  statusCode: number;
  statusMessage: string;
  body: string;
  headers: http.IncomingHttpHeaders;
  /** The request as it may be shown: without its credential. */
  request: { uri: Record<string, string | null>; method: string; headers: Record<string, string> };
};

const shown = ({ method, url, headers }: Request): Response['request'] => {
  const { protocol, host, port, hostname, hash, search, pathname } = new URL(url);
  const uri = { protocol, host, port, hostname, hash, search, pathname, path: pathname + search };
  return {
    uri: { ...uri, href: `${protocol}//${host}${pathname}${search}` },
    method,
    headers: {
      ...headers,
      ...(headers.Authorization && { Authorization: '--REDACTED--' }),
    },
  };
};

const send = (request: Request): Promise<Response> =>
  new Promise((resolve, reject) => {
    const url = new URL(request.url);
    const secure = url.protocol === 'https:';
    const call = (secure ? https : http).request(url, {
      method: request.method,
      headers: request.headers,
      agent: agents[secure ? 'https:' : 'http:'],
    });
    call.on('error', reject);
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          statusCode: response.statusCode ?? 0,
          statusMessage: response.statusMessage ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
          headers: response.headers,
          request: shown(request),
        }),
      );
    });
    call.end(request.body);
  });

/**
 * Sends one request, without time-out or second try. Connections are kept open for the next one.
 * Rejects with Node's error (it has a `code`) if the connection fails, and for a status other than
 * 200, 201, 202 and 204 with an error whose message is `Server responded with:`, then JSON of
 * `{ statusCode, body, headers, request: { uri, method, headers } }`.
 */
export const request = async (params: Request): Promise<Response> => {
  const response = await send(params);
  if (SUCCESS.includes(response.statusCode)) return response;
  const { statusCode, body, headers, request: asked } = response;
  const shownResponse = JSON.stringify({ statusCode, body, headers, request: asked }, null, 2);
  throw new Error(`Server responded with:\n${shownResponse}`);
};

/** A body as JSON. A body that is not JSON becomes `{ body }`, as in the official adaptor. */
export const tryJson = <T>(text: string): T => {
  try {
    return JSON.parse(text);
  } catch {
    return { body: text } as T;
  }
};
