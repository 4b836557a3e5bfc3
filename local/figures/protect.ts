import { type Range, type Relation, workOut } from './bounds.ts';
import { HIDDEN, round, type Shown, SMALL } from './shown.ts';

/** A count that is to be published. */
export type Count = {
  children: number;
  /** Of the counts that give another one away, the one of the highest rank is hidden; one of rank 0 never. */
  rank: number;
  /** What was shown of it, where it is published already: that cannot be taken back. */
  was?: Shown;
};

/** How many whole numbers must stay possible for a small count. */
const POSSIBLE = 3;

const isSmall = ({ children }: Count): boolean => children > 0 && children <= SMALL.high;

const isGivenAway = ({ low, high }: Range): boolean => high - low + 1 < POSSIBLE;

/** Of the counts that stand together with one that is given away, the one to hide; the largest of the highest rank. */
const toHide = (
  key: string,
  { left, right }: Relation,
  counts: ReadonlyMap<string, Count>,
  hidden: ReadonlySet<string>,
): string | undefined => {
  const rank = (each: string) => counts.get(each)!.rank;
  const children = (each: string) => counts.get(each)!.children;
  return [...left, ...right]
    .filter((each) => each !== key && !hidden.has(each) && rank(each) > 0 && !counts.get(each)!.was)
    .sort((a, b) => rank(b) - rank(a) || children(b) - children(a))[0];
};

/**
 * Makes counts safe to be published together: each is rounded by itself, and where that would leave fewer than three
 * whole numbers for a count of 1 to 4, what gives it away is not shown at all.
 *
 * @param counts by key
 * @param relations what a reader knows of them, such as that provinces add up to their quarter
 * @returns what is shown of each, by key
 */
export const protect = (
  counts: ReadonlyMap<string, Count>,
  relations: readonly Relation[],
): Map<string, Shown> => {
  const hidden = new Set<string>();
  const shown = (key: string, { children, was }: Count): Shown =>
    was ?? (hidden.has(key) ? HIDDEN : round(children));
  const all = () => new Map([...counts].map(([key, count]) => [key, shown(key, count)] as const));
  const withSmall = relations
    .map((relation) => ({
      relation,
      small: [...relation.left, ...relation.right].filter((key) => isSmall(counts.get(key)!)),
    }))
    .filter(({ small }) => small.length > 0);
  for (;;) {
    const ranges = workOut(
      new Map([...all()].map(([key, { low, high }]) => [key, { low, high }])),
      relations,
    );
    const before = hidden.size;
    for (const { relation, small } of withSmall)
      for (const key of small) {
        if (!isGivenAway(ranges.get(key)!)) continue;
        const next = toHide(key, relation, counts, hidden);
        if (next !== undefined) hidden.add(next);
        // That may be enough for all of this relation: the next round tells.
        break;
      }
    if (hidden.size === before) return all();
  }
};
