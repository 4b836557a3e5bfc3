/**
 * Stands in for @openfn/language-primero 4.1.2 where that can't be installed. It has the operations
 * that the jobs call, with the same arguments, state, log lines and failures; nothing else.
 */
export { fn } from '@openfn/language-common';
export * from './execute.ts';
export * from './get-cases.ts';
export * as http from './http.ts';
