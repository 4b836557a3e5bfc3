import type { Range } from '../../jobs/lib/message.ts';
import type { OnaCredential } from '../credentials/schema.ts';
import { withOna } from './connect.ts';

/** Whether the batches of a sync cover a range for every request. Parameters: sync id, start, end (inclusive). */
const SELECT_WALKED = `
SELECT bool_and(
  tstzmultirange(tstzrange($2::timestamptz, $3::timestamptz + interval '1 second')) <@ coalesce(
    (SELECT range_agg(b.covered) FROM sync_batches b WHERE b.sync_id = $1 AND b.indicator = i.indicator),
    '{}'::tstzmultirange)
) AS walked
FROM (VALUES ('reintegration'), ('under18'), ('leavers')) AS i (indicator)`;

/** Whether a backfill has walked its window to the end. Throws as `withOna`. */
export const isWalked = (ona: OnaCredential, syncId: string, { from, to }: Range) =>
  withOna(ona, async (client) => {
    const { rows } = await client.query<{ walked: boolean }>(SELECT_WALKED, [syncId, from, to]);
    return rows[0]!.walked;
  });
