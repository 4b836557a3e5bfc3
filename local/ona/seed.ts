import type { Client } from 'pg';
import indicators from '#config/indicators.json' with { type: 'json' };
import retention from '#config/retention.json' with { type: 'json' };
import { places } from '../config/places.ts';
import { readSql } from './read-sql.ts';

/**
 * Puts what config/ says of places, indicators and retention into ONA's tables.
 * @returns the files that changed something
 */
export const seedConfig = async (client: Client): Promise<string[]> => {
  const seeds = [
    { file: 'places.csv', sql: 'db/seed/places.sql', content: places() },
    { file: 'indicators.json', sql: 'db/seed/indicators.sql', content: indicators },
    { file: 'indicators.json', sql: 'db/seed/placements.sql', content: indicators },
    { file: 'retention.json', sql: 'db/seed/retention.sql', content: retention },
  ] as const;
  const changed = new Set<string>();
  for (const { file, sql, content } of seeds) {
    const result = await client.query(await readSql(sql), [JSON.stringify(content)]);
    if (result.rows[0].changed > 0) changed.add(`config/${file}`);
  }
  return [...changed];
};
