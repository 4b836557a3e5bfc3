import type { ExitCode } from '../exit.ts';

/** How an error ends: the request is made again by itself, the batch is run again, or somebody must act. Or it is the command's own. */
export type Group = 'again' | 'over' | 'fatal' | 'command';

/** What is known of an error. `exit` is the exit code of a command that reports it before, between or after batches. */
export type Known = { group: Group; meaning: string; todo: string; exit: ExitCode };
