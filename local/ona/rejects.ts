import type { OnaCredential } from '../credentials/schema.ts';
import { withOna } from './connect.ts';

/** How many records or services could not be loaded, by reason; never which, nor their content. */
export type Rejects = { scope: string; field: string; reason: string; count: number }[];

const SELECT_REJECTS = `
SELECT scope, field, reason, count(*)::integer AS count
FROM sync_rejects GROUP BY scope, field, reason ORDER BY count(*) DESC, scope, field, reason LIMIT 20`;

/** Reads what ONA lacks because it could not be loaded, the commonest reasons first. */
export const readRejects = (ona: OnaCredential): Promise<Rejects> =>
  withOna(ona, async (client) => (await client.query(SELECT_REJECTS)).rows as Rejects);
