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

/** Runs that so many children need, going by a sync of others: its first run reads none. */
export const runsFor = (children: number, { runs, read }: { runs: number; read: number }): number =>
  1 + Math.ceil(((runs - 1) * children) / read);

/** What a ratio should be. */
export interface Target {
  least?: number;
  most?: number;
}

export const isMet = (ratio: number, { least, most }: Target): boolean =>
  ratio >= (least ?? Number.NEGATIVE_INFINITY) && ratio <= (most ?? Number.POSITIVE_INFINITY);
