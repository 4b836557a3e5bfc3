import type { RequestInfo } from './faults.ts';

/** What an endpoint answers: content for JSON, by default with status 200. */
export type Answer = {
  status?: number;
  content: unknown;
  headers?: Record<string, string>;
};

/** One endpoint. `n` counts the server's requests; `body` is the request's, parsed. */
export type Endpoint = (request: RequestInfo, n: number, body: unknown) => Answer | Promise<Answer>;
