/** How a command ends, for scripts that call it. */
export const EXIT = {
  complete: 0,
  failed: 1,
  usage: 2,
  rejects: 3,
  /** What shells report for Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * An error that the person at the keyboard reads: one line, without a stack.
 * `message` reads `CODE: what failed and where: what to do next`.
 */
export class UserError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  constructor(code: string, text: string, exitCode: ExitCode = EXIT.failed) {
    super(`${code}: ${text}`);
    this.name = 'UserError';
    this.code = code;
    this.exitCode = exitCode;
  }
}
