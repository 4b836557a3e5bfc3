import { rangeQuery } from '../../jobs/asking/question.ts';
import { INDICATORS } from '../../jobs/indicators.ts';
import { PAGE_SIZE, START_OF_RECORDS } from '../../jobs/policy.ts';
import { toSecond } from '../../jobs/time.ts';
import type { PrimeroCredential } from '../../local/credentials/schema.ts';
import { askPrimero } from '../servers/primero.ts';

/**
 * The floor of a census: its windows and its two questions, with full pages. Nothing is checked, mapped or written.
 */
export const walkBare = async (primero: PrimeroCredential): Promise<void> => {
  let from = START_OF_RECORDS;
  for (;;) {
    let to: string | null = null;
    for (const indicator of INDICATORS) {
      const query = { ...rangeQuery(indicator, { from, to }), per: PAGE_SIZE };
      const { data, metadata } = await askPrimero(primero, query);
      if (metadata.total > data.length) to = toSecond(data.at(-1)!.created_at);
    }
    if (to === null) return;
    if (to <= from) throw new Error(`more than a page was created at ${from}`);
    from = to;
  }
};
