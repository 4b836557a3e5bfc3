import type { Relation } from './bounds.ts';
import { type Figure, keyOf } from './figure.ts';
import { type Count, protect } from './protect.ts';
import { countsOf, relationsOf, yearOf } from './relations.ts';
import type { Shown } from './shown.ts';

/** A figure as it is published. */
export type ShownFigure = Omit<Figure, 'children'> & { shown: Shown };

/** A version of a quarter that is published: all figures of its census, and which totals nothing has changed in since. */
export type PublishedFigures = {
  quarter: string;
  syncId: string;
  figures: readonly Figure[];
  isUnchanged(total: Figure): boolean;
};

/** Pairs of indicators: the children of the first are among those of the second. */
export type Among = readonly (readonly [string, string])[];

const byKey = (figures: readonly Figure[], shown: ReadonlyMap<string, Shown>): ShownFigure[] =>
  figures.map(({ children: _, ...cell }) => ({ ...cell, shown: shown.get(keyOf(cell))! }));

/** Makes exact figures safe to be published together. */
export const toShown = (figures: readonly Figure[], among: Among): ShownFigure[] =>
  byKey(figures, protect(countsOf(figures), relationsOf(figures, among)));

/**
 * Makes the figures of now safe to be published beside versions of quarters that are published already. Those stay as
 * they were shown; what would give a small count of theirs away is not shown now.
 * @returns the figures of now, and those of each version
 */
export const toShownTogether = (
  now: readonly Figure[],
  versions: readonly PublishedFigures[],
  among: Among,
): { now: ShownFigure[]; versions: ShownFigure[][] } => {
  const counts = countsOf(now);
  const relations: Relation[] = relationsOf(now, among);
  const shownBefore = versions.map(({ figures }) => toShown(figures, among));
  versions.forEach(({ quarter, syncId, figures, isUnchanged }, n) => {
    const nameOf = (key: string) => `${syncId} ${quarter} ${key}`;
    // Only its own year can be told from what is known of the quarter.
    const own = figures.filter(({ period }) => yearOf(period) === yearOf(quarter));
    const shown = new Map(shownBefore[n]!.map((each) => [keyOf(each), each.shown]));
    for (const [key, count] of countsOf(own))
      counts.set(nameOf(key), { ...count, was: shown.get(key)! } satisfies Count);
    for (const { left, right, ...rest } of relationsOf(own, among))
      relations.push({ left: left.map(nameOf), right: right.map(nameOf), ...rest });
    for (const total of own) {
      const key = keyOf(total);
      const isTotal = total.cut === 'quarter' && total.period === quarter;
      if (isTotal && counts.has(key) && isUnchanged(total))
        relations.push({ left: [key], right: [nameOf(key)] });
    }
  });
  return { now: byKey(now, protect(counts, relations)), versions: shownBefore };
};
