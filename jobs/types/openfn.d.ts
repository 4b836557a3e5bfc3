/**
 * What the jobs use of the official adaptors. The adaptors have no types that a strict project can use.
 * Sources: OpenFn/adaptors, packages http, primero and postgresql.
 */
declare module '@openfn/language-http' {
  import type { Fn, OpenFnState } from 'openfn-types';
  export const fn: Fn;
  export function post(
    url: string,
    body: unknown,
    options?: { headers?: Record<string, unknown>; timeout?: number },
  ): (state: OpenFnState) => Promise<OpenFnState>;
}

declare module '@openfn/language-primero' {
  import type { Fn, OpenFnState } from 'openfn-types';
  export const fn: Fn;
  export function getCases(
    query: Record<string, unknown>,
  ): (state: OpenFnState) => Promise<OpenFnState & { metadata?: unknown }>;
  export const http: {
    /** @param path below `/api/v2/` */
    get(
      path: string,
      options?: { query?: Record<string, unknown> },
    ): (state: OpenFnState) => Promise<OpenFnState>;
  };
}

declare module '@openfn/language-postgresql' {
  import type { Fn, OpenFnState } from 'openfn-types';
  export const fn: Fn;
  export function sql(query: {
    text: string;
    values: unknown[];
  }): (state: OpenFnState) => Promise<OpenFnState & { result?: unknown }>;
}

declare module 'openfn-types' {
  export interface OpenFnState {
    configuration: Record<string, unknown>;
    data: unknown;
    references?: unknown[];
  }
  export type Fn = <In, Out>(operation: (state: In) => Out) => (state: In) => Out;
}
