/** A count as it is published: its text, and between which whole numbers the true one is. */
export type Shown = { text: string; value: number | null; low: number; high: number };

/** A count that is not shown, as others would give a small one away. */
export const HIDDEN: Shown = { text: '…', value: null, low: 0, high: Number.POSITIVE_INFINITY };

/** From 1 to 4 a count may point to a child. */
export const SMALL = { text: '<5', low: 1, high: 4 } as const;

/** To how much counts are rounded. */
const STEP = 5;

/** Rounds a count to the nearest 5 by itself; from 1 to 4 it is `<5`. */
export const round = (children: number): Shown => {
  if (children === 0) return { text: '0', value: 0, low: 0, high: 0 };
  if (children <= SMALL.high) return { ...SMALL, value: null };
  const value = STEP * Math.round(children / STEP);
  return {
    text: value.toLocaleString('en'),
    value,
    low: Math.max(SMALL.high + 1, value - 2),
    high: value + 2,
  };
};
