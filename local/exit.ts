/** How a command ends, for scripts that call it. */
export const EXIT = {
  complete: 0,
  failed: 1,
  usage: 2,
  /** Everything was done, but some children or services in ONA are not as in Primero. */
  completeBut: 3,
  /** `status`: no census is complete, or the last one is too old. */
  stale: 4,
  /** What shells report after Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
