/**
 * Replaces @openfn/language-postgresql 8.1.2 where that cannot be installed. It has only the
 * operations that the jobs call, with the same arguments, state and failures.
 */
export { fn } from '@openfn/language-common';
export * from './execute.ts';
export * from './sql.ts';
