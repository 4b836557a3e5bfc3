/** Services of a case as bits: the kth bit stands for the kth service it was ever given. */

/** One service more: the next in line, or the first free one after 32. */
export const addTo = (mask: number): number => {
  const next = 32 - Math.clz32(mask);
  const bit = next < 32 ? next : 31 - Math.clz32(~mask & -~mask);
  return bit < 0 ? mask : (mask | (1 << bit)) >>> 0;
};

/** One service less: the oldest. */
export const dropFrom = (mask: number): number => (mask & (mask - 1)) >>> 0;

/** The service that a change has added, or -1. */
export const addedIn = (before: number, after: number): number => 31 - Math.clz32(after & ~before);
