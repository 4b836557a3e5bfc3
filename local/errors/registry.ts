import { OF_COMMAND } from './of-command.ts';
import { OF_JOBS } from './of-jobs.ts';

export type { Group, Known } from './known.ts';

/** Every error that a person may see, once, by its code. docs/errors.md is made of it. */
export const ERRORS = { ...OF_JOBS, ...OF_COMMAND };

export type Code = keyof typeof ERRORS;
