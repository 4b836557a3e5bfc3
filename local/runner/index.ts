export { createRunner } from './create-runner.ts';
export type * from './types.ts';
