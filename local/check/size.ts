import { PAGE_SIZE } from '../../jobs/policy.ts';
import { number } from '../words.ts';
import type { FilterAnswers } from './filters.ts';
import { about, type Line } from './line.ts';

/** Primero 2.11 and 2.12 read all cases for a page of one indicator. With more cases than this a run is too short. */
const MOST_CASES = 300_000;

/** How large a sync is: the requests for its windows, and whether some versions cannot serve so many cases. */
export const sizeLine = ({ indicators }: FilterAnswers, all: number): Line => {
  const line = about('size of a sync');
  const requests = indicators.reduce((sum, { total }) => {
    return sum + Math.max(1, Math.ceil((total ?? 0) / PAGE_SIZE));
  }, 0);
  const text = `${number(all)} cases in Primero: about ${number(requests)} pages of ${number(PAGE_SIZE)} to read`;
  if (all <= MOST_CASES) return line.ok(text);
  return line.warning(
    text,
    `Primero 2.11 and 2.12 are too slow for more than ${number(MOST_CASES)} cases: ask whoever runs it for its version.`,
  );
};
