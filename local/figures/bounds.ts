/** Between which whole numbers a count is; `high` is infinite where nothing is known. */
export type Range = { low: number; high: number };

/** What everyone knows of counts: two sums are the same, or the left one is at most the right one. */
export type Relation = { left: readonly string[]; right: readonly string[]; isAtMost?: boolean };

type Ranges = Map<string, Range>;

const sumOf = (keys: readonly string[], ranges: Ranges, end: keyof Range): number =>
  keys.reduce((sum, key) => sum + ranges.get(key)![end], 0);

/** The sum of all others than `key`. */
const others = (
  keys: readonly string[],
  key: string,
  ranges: Ranges,
  end: keyof Range,
  sum: number,
) =>
  Number.isFinite(sum)
    ? sum - ranges.get(key)![end]
    : sumOf(
        keys.filter((each) => each !== key),
        ranges,
        end,
      );

/** Narrows the counts of a sum that is known to be in `total`. Says which are narrower now. */
const narrow = (keys: readonly string[], total: Range, ranges: Ranges): string[] => {
  const [low, high] = [sumOf(keys, ranges, 'low'), sumOf(keys, ranges, 'high')];
  const found: [string, Range][] = [];
  for (const key of keys) {
    const range = ranges.get(key)!;
    const narrower = {
      low: Math.max(range.low, total.low - others(keys, key, ranges, 'high', high)),
      high: Math.min(range.high, total.high - others(keys, key, ranges, 'low', low)),
    };
    if (narrower.low > range.low || narrower.high < range.high) found.push([key, narrower]);
  }
  for (const [key, range] of found) ranges.set(key, range);
  return found.map(([key]) => key);
};

const both = ({ left, right, isAtMost }: Relation, ranges: Ranges): string[] => {
  const ofRight = {
    low: isAtMost ? 0 : sumOf(right, ranges, 'low'),
    high: sumOf(right, ranges, 'high'),
  };
  const ofLeft = {
    low: sumOf(left, ranges, 'low'),
    high: isAtMost ? Number.POSITIVE_INFINITY : sumOf(left, ranges, 'high'),
  };
  return [...narrow(left, ofRight, ranges), ...narrow(right, ofLeft, ranges)];
};

/**
 * What whoever knows all ranges and relations can work out: each range is narrowed by the others until nothing changes.
 * @param ranges by the count's key; narrowed in place
 */
export const workOut = (ranges: Ranges, relations: readonly Relation[]): Ranges => {
  const byKey = new Map<string, Relation[]>();
  for (const relation of relations)
    for (const key of [...relation.left, ...relation.right]) {
      const known = byKey.get(key);
      if (known) known.push(relation);
      else byKey.set(key, [relation]);
    }
  const open = new Set(relations);
  for (const relation of open) {
    open.delete(relation);
    for (const key of both(relation, ranges)) for (const each of byKey.get(key)!) open.add(each);
  }
  return ranges;
};
