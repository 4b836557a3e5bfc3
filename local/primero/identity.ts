import { isOddOne, mix } from './hash.ts';

/**
 * Ids of cases. The first eight hex digits are the case's index, scrambled so that it can be read
 * back: looking a case up by id needs no table, at any number of cases.
 */

/** One case in this many is given the display id of another child. */
const CLASH_EVERY = 2000;
const CLASH = 11;
const MULTIPLIER = 0x9e3779b1;

/** The number that undoes a multiplication by an odd number, modulo 2^32 (Newton's method). */
const inverseOf = (odd: number): number => {
  let x = odd;
  for (let i = 0; i < 5; i++) x = Math.imul(x, 2 - Math.imul(odd, x));
  return x;
};
const INVERSE = inverseOf(MULTIPLIER);

const HEX = Array.from({ length: 65536 }, (_, n) => n.toString(16).padStart(4, '0'));
const hex8 = (n: number): string => HEX[n >>> 16]! + HEX[n & 0xffff]!;

const scramble = (index: number, key: number): number => {
  const n = Math.imul(index ^ key, MULTIPLIER);
  return Math.imul((n ^ (n >>> 16)) >>> 0, MULTIPLIER) >>> 0;
};

const unscramble = (n: number, key: number): number => {
  const m = Math.imul(n, INVERSE) >>> 0;
  return ((Math.imul((m ^ (m >>> 16)) >>> 0, INVERSE) >>> 0) ^ key) >>> 0;
};

/** The last 28 bits of a case's id, which Primero shows as its display id. */
const tailOf = (seed: number, index: number): number => {
  if (index > 0 && isOddOne(seed, CLASH, index, CLASH_EVERY))
    return tailOf(seed, mix(mix(seed, CLASH), index) % index);
  return mix(mix(seed, 12), index) & 0xfffffff;
};

/** The id of a case: a UUID of version 4's form. */
export const idOf = (seed: number, index: number): string => {
  const head = hex8(scramble(index, mix(seed, 13)));
  const b = mix(mix(seed, 14), index);
  const c = mix(mix(seed, 15), index);
  const middle = `${HEX[b >>> 16]}-4${HEX[b & 0xffff]!.slice(1)}-${HEX[0x8000 | (c >>> 18)]}`;
  const tail = tailOf(seed, index);
  return `${head}-${middle}-${HEX[c & 0xffff]}${(c >>> 16) & 1}${hex8(tail).slice(1)}`;
};

/** What Primero shows instead of an id: its last 7 hex digits. Different children may share one. */
export const displayIdOf = (seed: number, index: number): string =>
  hex8(tailOf(seed, index)).slice(1);

/** The index that an id of this seed stands for; some other number for any other text. */
export const indexOfId = (seed: number, id: string): number =>
  unscramble(Number.parseInt(id.slice(0, 8), 16) >>> 0, mix(seed, 13));

/** A UUID that stands for the nth part of a case, such as one of its services. */
export const partIdOf = (seed: number, index: number, salt: number, part: number): string => {
  const a = mix(mix(seed, salt + part * 8), index);
  const b = mix(a, 1);
  const c = mix(a, 2);
  const d = mix(a, 3);
  return `${hex8(a)}-${HEX[b >>> 16]}-4${HEX[b & 0xffff]!.slice(1)}-${HEX[0x8000 | (c >>> 18)]}-${HEX[c & 0xffff]}${hex8(d)}`;
};
