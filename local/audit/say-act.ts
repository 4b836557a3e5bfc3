import { plural } from '../words.ts';
import type { Act } from './read-audit.ts';

/** An act in words. */
export const sayAct = ({ act, what }: Act): string => {
  switch (act) {
    case 'published':
      return `published ${what.quarter}, from sync ${what.syncId}`;
    case 'erased':
      return `erased a child, hash ${what.hash}`;
    case 'removals accepted':
      return `accepted up to ${plural(what.upTo, 'removal', 'removals')}, in sync ${what.syncId}`;
    case 'listed':
      return `listed ${plural(what.cases, 'case', 'cases')} of ${[what.indicator, what.quarter, what.province].filter((part) => part !== null).join(' ')}`;
  }
};
