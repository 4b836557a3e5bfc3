import { INDICATORS, toFilters } from '../../jobs/indicators.ts';
import type { PrimeroCredential } from '../../local/credentials/schema.ts';
import { askPrimero } from '../servers/primero.ts';

const PER = 500;

/** The predecessor's questions: whole records, newest first, once for each indicator. Nothing is written. */
export const askAsPredecessor = async (primero: PrimeroCredential): Promise<void> => {
  for (const indicator of INDICATORS) {
    for (let page = 1; ; page += 1) {
      const query = { ...toFilters(indicator), record_state: true, per: PER, page };
      const { data } = await askPrimero(primero, query);
      if (data.length < PER) break;
    }
  }
};
