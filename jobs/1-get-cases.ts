/**
 * 1. Get cases: fetches one batch for both indicators, from the inbox's message.
 */
import { fn, getCases } from '@openfn/language-primero';
import { askForProof, handOnBatch, readMessage, readRequests } from './lib/operations/get-cases.ts';

// The compiler adds this line only where it adds the imports too; without it nobody signs in.
export * from '@openfn/language-primero';

export default [fn(readMessage), readRequests(getCases), askForProof(getCases), fn(handOnBatch)];
