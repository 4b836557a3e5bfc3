import type { RequestInfo } from './faults.ts';

/** What an endpoint answers: content for JSON, by default with status 200. */
export type Answer = {
  status?: number;
  content: unknown;
  headers?: Record<string, string>;
  /** What a real Primero takes for it, ms; by default that of a mere request. */
  costMs?: number;
  /** Records in it, where it is about cases. */
  records?: number;
};

/** One endpoint. `n` counts the server's requests; `body` is the request's, parsed. */
export type Endpoint = (request: RequestInfo, n: number, body: unknown) => Answer | Promise<Answer>;
