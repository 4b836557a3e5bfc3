export const sum = (values: readonly number[]): number =>
  values.reduce((all, each) => all + each, 0);

/** The middle one; of an even number the mean of the middle two. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Requests that a sync of so many children may need. */
export const allowedRequests = (children: number): number => 2 * (children / 1000) + 35;

/**
 * Runs that so many children need, going by the batches of another sync: the last one of them was not full. One more run
 * begins the sync, and reads none.
 */
export const runsFor = (children: number, batches: readonly number[]): number => {
  const full = batches.length > 1 ? batches.slice(0, -1) : batches;
  return 1 + Math.ceil((children * full.length) / sum(full));
};

/** What a ratio should be. */
export interface Target {
  least?: number;
  most?: number;
}

export const isMet = (ratio: number, { least, most }: Target): boolean =>
  ratio >= (least ?? Number.NEGATIVE_INFINITY) && ratio <= (most ?? Number.POSITIVE_INFINITY);
