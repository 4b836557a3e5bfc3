/** Cases from which a second process pays for its start: a batch has some 2,500 of them. */
const WORTH_SLICES = 10_000;

/** More of them gain nothing on one machine: one batch writes to ONA at a time. */
const BEST_ON_ONE_MACHINE = 2;

/**
 * Into how many parts a sync divides what is missing where nobody says it; 1: not at all.
 * @param cases how many are missing, about
 * @param cores of this machine
 * @example <caption>A first sync of 50,000 cases on two cores</caption>
 * slicesFor(50_000, 2) // 2
 */
export const slicesFor = (cases: number, cores: number): number =>
  cases < WORTH_SLICES ? 1 : Math.min(cores, BEST_ON_ONE_MACHINE);
