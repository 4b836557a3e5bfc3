import { COUNTED } from '../../jobs/lib/indicators.ts';
import { type Gap, scopeOf, toRequests } from '../../jobs/lib/ledger.ts';
import type { Message } from '../../jobs/lib/message.ts';
import { SELECT_GAPS } from '../../jobs/lib/sql/ledger.ts';
import type { Second } from '../../jobs/lib/time.ts';
import type { OnaCredential } from '../credentials/schema.ts';
import { withOna } from '../ona/connect.ts';

/** The first gap of each indicator in what must be covered for a message's sync to end. */
export const gapsOf = (ona: OnaCredential, message: Message): Promise<Gap[]> =>
  withOna(ona, async (client) => {
    return (await client.query<Gap>(SELECT_GAPS, scopeOf(message))).rows;
  });

/** Where what a sync still has to bring over begins, by the ledger; null where nothing is missing. */
export const missingFrom = async (ona: OnaCredential, sync: Message): Promise<Second | null> => {
  const starts = toRequests(await gapsOf(ona, sync))
    .filter(({ indicator }) => COUNTED.some((each) => each === indicator))
    .map(({ from }) => from);
  return starts.sort()[0] ?? null;
};
