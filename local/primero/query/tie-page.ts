import { mix } from '../hash.ts';

/** Cases in some order, of which some match: what a page is cut from. */
export type Sequence = {
  /** First position, and the one after the last. */
  begin: number;
  end: number;
  matches: (position: number) => boolean;
  /** Equal keys have no order between them. */
  key: (position: number) => number;
  index: (position: number) => number;
};

const shuffle = (list: number[], seed: number): void => {
  for (let i = list.length - 1; i > 0; i--) {
    const j = mix(seed, i) % (i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
};

/**
 * Cuts one page out of a sequence, from its start or from its end. Records with an equal key come
 * in an order that depends on `seed`, which is another one for each request: Primero has no
 * tie-breaker, and a database may return ties as it likes.
 */
export const tiePage = (
  sequence: Sequence,
  { offset, per, descending }: { offset: number; per: number; descending: boolean },
  seed: number,
): number[] => {
  const { begin, end, matches, key, index } = sequence;
  const step = descending ? -1 : 1;
  const stop = descending ? begin - 1 : end;
  const page: number[] = [];
  let position = descending ? end - 1 : begin;
  let first = 0;
  for (; first < offset && position !== stop; position += step) if (matches(position)) first++;
  // Back to the first of those that are equal to where the page begins.
  const start = descending ? end - 1 : begin;
  while (position !== start && position !== stop && key(position - step) === key(position)) {
    position -= step;
    if (matches(position)) first--;
  }
  const ties: number[] = [];
  let tieKey = Number.NaN;

  const closeTies = () => {
    if (ties.length > 1) shuffle(ties, seed);
    const from = Math.max(0, offset - first);
    const to = Math.min(ties.length, offset + per - first);
    for (let i = from; i < to; i++) page.push(ties[i]!);
    first += ties.length;
    ties.length = 0;
  };

  for (; position !== stop; position += step) {
    if (!matches(position)) continue;
    const k = key(position);
    if (k !== tieKey) {
      closeTies();
      if (first >= offset + per) return page;
      tieKey = k;
    }
    ties.push(index(position));
  }
  closeTies();
  return page;
};
