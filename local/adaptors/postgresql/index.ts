/**
 * Stands in for @openfn/language-postgresql 8.1.2 where that can't be installed. It has the
 * operations that the jobs call, with the same arguments, state and failures; nothing else.
 */
export { fn } from '@openfn/language-common';
export * from './execute.ts';
export * from './sql.ts';
