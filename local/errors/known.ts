import type { ExitCode } from '../exit.ts';

/** When an error is over: it is asked again by itself, it passes, somebody must act; or it is the command's own. */
export type Group = 'again' | 'over' | 'fatal' | 'command';

/** What is known of an error. `exit` is how the command ends that says it before, around or after batches. */
export type Known = { group: Group; meaning: string; todo: string; exit: ExitCode };
