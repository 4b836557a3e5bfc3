/** The part of language-common that its published types leave out, as the drop-ins use it. */
declare module '@openfn/language-common/util' {
  /** Each argument with the functions in it, at any depth, replaced by their result for `state`. */
  export function expandReferences<T extends unknown[]>(state: unknown, ...args: unknown[]): T;
}
