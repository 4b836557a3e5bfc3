/**
 * Replaces @openfn/language-primero 4.1.2 where that cannot be installed. It has only the operations
 * that the jobs call, with the same arguments, state, log lines and failures.
 */
export { fn } from '@openfn/language-common';
export * from './execute.ts';
export * from './get-cases.ts';
export * as http from './http.ts';
