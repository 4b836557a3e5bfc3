import { describe, expect, test } from 'vitest';
import { protect } from '../../../local/figures/protect.ts';
import { toShown, toShownTogether } from '../../../local/figures/safe.ts';
import { round } from '../../../local/figures/shown.ts';
import { drawnChildren } from '../../db/drawn-children.ts';
import { recountFigures } from '../../db/recount.ts';
import { type Cell, type Equation, nameOf, possibilities, readText } from './attack.ts';

test.for([
  [0, '0'],
  [1, '<5'],
  [4, '<5'],
  [5, '5'],
  [7, '5'],
  [8, '10'],
  [12, '10'],
  [1233, '1,235'],
] as const)('%i is shown as %s, and lies within what that says', ([children, text]) => {
  const { low, high, ...shown } = round(children);
  expect(shown.text).toBe(text);
  expect(readText(text, 2000)).toEqual({ low, high });
  expect(low <= children && children <= high).toBe(true);
});

describe('what gives a small count away is not shown', () => {
  const shown = (sum: number, ...parts: number[]) => {
    const counts = new Map(parts.map((children, n) => [`p${n}`, { children, rank: 1 }]));
    counts.set('sum', { children: sum, rank: 2 });
    const relation = { left: ['sum'], right: parts.map((_, n) => `p${n}`) };
    return [...protect(counts, [relation])].map(([, { text }]) => text);
  };
  test.for([
    // 4 + 4 = 8 is shown as 10, from 8 on: each part must be 4.
    [
      [4, 4],
      ['<5', '<5', '…'],
    ],
    [
      [4, 4, 4],
      ['<5', '<5', '<5', '10'],
    ],
    [
      [1, 2],
      ['<5', '<5', '<5'],
    ],
    // 5 is 5 to 7, and a part that is 5 leaves 0 to 2.
    [
      [50, 3],
      ['50', '<5', '55'],
    ],
    [
      [52, 4, 4],
      ['50', '<5', '<5', '60'],
    ],
    [
      [52, 1],
      ['50', '<5', '55'],
    ],
    [
      [50, 7],
      ['50', '5', '55'],
    ],
  ] as const)('%j', ([parts, texts]) => {
    expect(
      shown(
        parts.reduce((a, b) => a + b, 0),
        ...parts,
      ),
    ).toEqual(texts);
  });
});

/** Tries everything: whatever is published together, for each count of 1 to 4 three whole numbers stay possible. */
describe('an attack on all that is published together', () => {
  const publish = (count: number, seed: number) => {
    const children = drawnChildren(count, seed).map((child) => ({
      ...child,
      registered: child.registered?.replace('2025', '2026') ?? null,
    }));
    const figures = recountFigures(children);
    return {
      small: figures.filter((figure) => figure.children <= 4),
      published: toShown(figures, [['4.8', '4.11a']]),
    };
  };

  test.for([1, 2, 3])('finds nothing: world %i', { timeout: 120_000 }, (seed) => {
    for (const count of [8, 30]) {
      const { small, published } = publish(count, seed);
      expect(small.length).toBeGreaterThan(0);
      expect(small.filter((each) => possibilities(each, published, count) < 3)).toEqual([]);
    }
  });

  /** Children move between provinces and sexes after a quarter was published; its total is known to be the same. */
  const republish = (seed: number) => {
    const before = drawnChildren(40, seed);
    const after = before.map((child, n) =>
      n % 3 === 0 ? { ...child, sex: 'Other', place: ['24', '2401'] as [string, string] } : child,
    );
    const [old, figures] = [recountFigures(before), recountFigures(after)];
    const { period: quarter } = old
      .filter(({ cut, period }) => cut === 'quarter' && period !== 'unknown')
      .sort((a, b) => b.children - a.children)[0]!;
    const version = { quarter, syncId: 'q1', figures: old, isUnchanged: () => true };
    const shown = toShownTogether(figures, [version], [['4.8', '4.11a']]);
    const asOld = <C extends Cell>(cell: C): C => ({ ...cell, indicator: `was ${cell.indicator}` });
    const totals = shown.now.filter(({ cut, period }) => cut === 'quarter' && period === quarter);
    const equations = totals.map(
      (cell): Equation => ({
        terms: [
          [nameOf(cell), 1],
          [nameOf(asOld(cell)), -1],
        ],
        isAtMost: false,
      }),
    );
    const all = [...figures, ...old.map(asOld)];
    const published = [...shown.now, ...shown.versions[0]!.map(asOld)];
    return { small: all.filter(({ children }) => children <= 4), published, equations };
  };

  test.for([2, 5])(
    'finds nothing beside what is published already: world %i',
    { timeout: 120_000 },
    (seed) => {
      const { small, published, equations } = republish(seed);
      expect(equations.length).toBeGreaterThan(0);
      expect(small.filter((each) => possibilities(each, published, 40, equations) < 3)).toEqual([]);
    },
  );

  test('and most counts are shown all the same', () => {
    const { published } = publish(2000, 1);
    const hidden = published.filter(({ shown }) => shown.text === '…').length;
    expect(hidden / published.length).toBeLessThan(0.1);
  });

  test('would find what rounding alone gives away', () => {
    const figures = recountFigures(drawnChildren(60, 1));
    const rounded = figures.map(({ children, ...cell }) => ({ ...cell, shown: round(children) }));
    const small = figures.filter(({ children }) => children <= 4);
    expect(small.some((each) => possibilities(each, rounded, 60) < 3)).toBe(true);
  });
});
