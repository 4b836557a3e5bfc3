import type { Kind } from './registry.ts';

/** An error of the sync. `message` reads `CODE: what failed. What to do next.` */
export class SyncError extends Error {
  declare readonly kind: Kind;
  declare readonly code: string;
  declare readonly what: string;
  constructor(kind: Kind, what: string) {
    super(`${kind.code}: ${what} ${kind.remedy}`);
    this.name = 'SyncError';
    this.kind = kind;
    this.code = kind.code;
    this.what = what;
  }
}
