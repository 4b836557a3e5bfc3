import type { Kind } from './registry.ts';

/** An error of the sync. `message` reads `CODE: what failed. What to do next.` */
export class SyncError extends Error {
  declare readonly kind: Kind;
  declare readonly code: string;
  declare readonly what: string;
  constructor(kind: Kind, what: string) {
    const [code = ''] = kind.split(':');
    super(`${code}: ${what}${kind.slice(code.length + 1)}`);
    Object.assign(this, { name: 'SyncError', kind, code, what });
  }
}
