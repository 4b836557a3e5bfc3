/**
 * Numbers that look random and depend on nothing but their inputs. A case is never stored: each of
 * its fields is worked out from (seed, index), whenever it is asked for, in any order.
 */

/** Mixes two 32-bit integers into one (unsigned). The steps are those of MurmurHash3's finaliser. */
export const mix = (a: number, b: number): number => {
  let h = (a ^ Math.imul(b, 0x9e3779b1)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** A fraction in [0, 1) of two integers. */
export const fraction = (a: number, b: number): number => mix(a, b) / 4294967296;

/** An integer that stands for a text (FNV-1a), so that each field has its own stream. */
export const saltOf = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
};

/**
 * Whether a case is the one of its block that carries a given oddity. Exactly one index in each
 * `every` does, so that bad records can never pile up by chance.
 */
export const isOddOne = (seed: number, salt: number, index: number, every: number): boolean => {
  const block = Math.floor(index / every);
  return index % every === mix(mix(seed, salt), block) % every;
};
