import { expect, test } from 'vitest';
import { type Sequence, tiePage } from '../../../../local/primero/query/tie-page.ts';

const KEYS = [1, 2, 2, 2, 3, 4, 4, 5];
const sequence = (skip: number[] = []): Sequence => ({
  begin: 0,
  end: KEYS.length,
  matches: (p) => !skip.includes(p),
  key: (p) => KEYS[p]!,
  index: (p) => p,
});
const keysOf = (page: number[]) => page.map((p) => KEYS[p]);

test('every page of every size has the keys that it should, in both directions', () => {
  for (const skip of [[], [2], [0, 3], [4, 5, 6]]) {
    const asc = KEYS.filter((_, p) => !skip.includes(p));
    for (let per = 0; per <= 9; per++)
      for (let offset = 0; offset <= 9; offset++)
        for (const descending of [false, true]) {
          const all = descending ? [...asc].reverse() : asc;
          const page = tiePage(sequence(skip), { offset, per, descending }, per + offset);
          expect(keysOf(page)).toEqual(all.slice(offset, offset + per));
        }
  }
});

test('with one seed the pages together hold each record once', () => {
  const pages = [0, 3, 6].flatMap((offset) =>
    tiePage(sequence(), { offset, per: 3, descending: false }, 42),
  );
  expect([...pages].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('another seed brings equal keys in another order', () => {
  const orders = new Set(
    Array.from({ length: 40 }, (_, seed) =>
      tiePage(sequence(), { offset: 1, per: 3, descending: false }, seed).join(),
    ),
  );
  expect(orders.size).toBe(6);
});

test('a sequence without a record gives none', () => {
  const nothing = { ...sequence(), begin: 3, end: 3 };
  expect(tiePage(nothing, { offset: 0, per: 3, descending: false }, 1)).toEqual([]);
  expect(tiePage(nothing, { offset: 2, per: 3, descending: true }, 1)).toEqual([]);
});
