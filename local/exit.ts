/** How a command ends, for scripts that call it. */
export const EXIT = {
  complete: 0,
  failed: 1,
  usage: 2,
  /** All was done, and some children or services are not in ONA as Primero has them. */
  completeBut: 3,
  /** `status`: no census is complete, or the last one is too old. */
  stale: 4,
  /** What shells report for Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
