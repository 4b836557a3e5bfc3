import type { Compared } from './changes.ts';
import { REASONS } from './reasons.ts';

/** Why a number changed: a line for each reason. */
export const sayChanges = (changes: Compared['changes']): string[] =>
  changes.map(({ reason, gained, lost }) => {
    const counts = [gained > 0 ? `+${gained}` : null, lost > 0 ? `-${lost}` : null];
    const text = counts.filter((each) => each !== null).join(' ');
    return `${text.padEnd(9)} ${REASONS[reason]?.en ?? reason}`;
  });
