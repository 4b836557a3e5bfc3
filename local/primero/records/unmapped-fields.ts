import { mix, saltOf } from '../hash.ts';
import { idOf, partIdOf } from '../identity.ts';
import { TAINT } from '../taint.ts';
import { type CaseView, type Maker, pick } from './case-view.ts';
import { isoDay } from './dates.ts';
import { NAMES_BY_KIND, SUBFORMS } from './field-names.ts';
import {
  addresses,
  emails,
  englishNotes,
  khmerNames,
  khmerNotes,
  names,
  phones,
  words,
} from './pools.ts';

/**
 * Everything else that a case holds: what must never leave Primero. Each value carries the marker.
 */
type Kind = keyof typeof NAMES_BY_KIND;

const DAY = 86_400_000;

const MAKE: Record<Kind, (view: CaseView, n: number, name: string) => unknown> = {
  name: (_, n) => pick(names(), n),
  khmerName: (_, n) => pick(khmerNames(), n),
  phone: (_, n) => pick(phones(), n),
  email: (_, n) => pick(emails(), n),
  address: (_, n) => pick(addresses(), n),
  note: (_, n) => pick(englishNotes(), n),
  khmerNote: (_, n) => pick(khmerNotes(), n),
  choice: (_, n, name) => `${name}_${n % 9} ${TAINT}`,
  choices: (_, n) => [pick(words(), n), pick(words(), n >>> 8)],
  date: (view, n) => `${isoDay(view.madeAt - (n % 4000) * DAY)} ${TAINT}`,
  number: (_, n) => `${n % 120} ${TAINT}`,
  user: (_, n) => `user_${n % 300} ${TAINT}`,
};

/** Once in how many cases each kind is blank, which leaves the field out; 0: never. */
const BLANK_EVERY: Record<Kind, number> = {
  name: 0,
  khmerName: 6,
  phone: 5,
  email: 3,
  address: 8,
  note: 4,
  khmerNote: 5,
  choice: 6,
  choices: 5,
  date: 5,
  number: 6,
  user: 0,
};

const fieldMaker = (kind: Kind, name: string): Maker => {
  const salt = saltOf(name);
  const make = MAKE[kind];
  const blankEvery = BLANK_EVERY[kind];
  return (view) => {
    const n = mix(view.base, salt);
    if (blankEvery > 0 && n % blankEvery === 0) return undefined;
    return make(view, n >>> 3, name);
  };
};

const subformMaker = (name: string): Maker => {
  const salt = saltOf(name);
  return (view) => {
    const n = mix(view.base, salt);
    return Array.from({ length: n % 3 }, (_, part) => {
      const m = mix(n, part);
      return {
        unique_id: partIdOf(view.seed, view.index, salt % 100_000, part),
        [`${name}_name`]: pick(names(), m),
        [`${name}_phone`]: pick(phones(), m >>> 4),
        [`${name}_date`]: `${isoDay(view.madeAt + (m % 400) * DAY)} ${TAINT}`,
        [`${name}_notes`]: pick(m % 2 ? englishNotes() : khmerNotes(), m >>> 8),
      };
    });
  };
};

const byKind = (kind: Kind) =>
  NAMES_BY_KIND[kind].map((name) => [name, fieldMaker(kind, name)] as const);

export const UNMAPPED_FIELDS: readonly (readonly [string, Maker])[] = [
  ['case_id', (view) => `${idOf(view.seed, view.index)} ${TAINT}`],
  ...(Object.keys(NAMES_BY_KIND) as Kind[]).flatMap(byKind),
  ...SUBFORMS.map((name) => [name, subformMaker(name)] as const),
];
