import { type Code, ERRORS } from './errors/registry.ts';
import type { ExitCode } from './exit.ts';

/** What the registry says to do, as the end of a line. */
const todoOf = (code: Code): string => {
  const { todo } = ERRORS[code];
  return `${todo[0]!.toLowerCase()}${todo.slice(1)}`.replace(/\.$/, '');
};

/**
 * An error that the person at the keyboard reads: one line, without a stack.
 * `message` reads `CODE: what failed and where: what to do next`.
 */
export class UserError extends Error {
  readonly code: Code;
  readonly what: string;
  readonly next: string;
  readonly exitCode: ExitCode;
  /** @param next what to do, where more can be said than the registry does */
  constructor(code: Code, what: string, next: string = todoOf(code)) {
    super(`${code}: ${what}: ${next}`);
    Object.assign(this, { name: 'UserError' });
    this.code = code;
    this.what = what;
    this.next = next;
    this.exitCode = ERRORS[code].exit;
  }
}
