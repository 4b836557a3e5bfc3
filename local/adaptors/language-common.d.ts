/** The part of language-common that the drop-ins use and its published types leave out. */
declare module '@openfn/language-common/util' {
  /** Each argument with the functions in it, at any depth, replaced by their result for `state`. */
  export function expandReferences<T extends unknown[]>(state: unknown, ...args: unknown[]): T;
  /** Sends a request with undici; throws for a status of 400 or more. */
  export function request(
    method: string,
    path: string,
    options: Record<string, unknown>,
  ): Promise<{ body: unknown }>;
  /** Prints method, address, status and time of an answer. */
  export function logResponse<T>(answer: T): T;
  export function makeBasicAuthHeader(user: string, password: string): Record<string, string>;
}
