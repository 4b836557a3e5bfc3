import type { Kind } from '../../jobs/errors/registry.ts';

/** What to do about an error of the jobs: the text after its code. */
export const remedyOf = (kind: Kind): string => kind.replace(/^[A-Z_]+: /, '');
