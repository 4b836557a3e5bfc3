import type { Client } from 'pg';
import indicators from '#config/indicators.json' with { type: 'json' };
import { places } from '../config/places.ts';
import { readSql } from './read-sql.ts';

/**
 * Puts what config/ says of places and indicators into ONA's tables.
 * @returns the files that changed something
 */
export const seedConfig = async (client: Client): Promise<string[]> => {
  const seeds = [
    { file: 'places.csv', sql: 'db/seed/places.sql', rows: places() },
    { file: 'indicators.json', sql: 'db/seed/indicators.sql', rows: indicators },
    { file: 'indicators.json', sql: 'db/seed/placements.sql', rows: indicators },
  ] as const;
  const changed = new Set<string>();
  for (const { file, sql, rows } of seeds) {
    const result = await client.query(await readSql(sql), [JSON.stringify(rows)]);
    if (result.rows[0].changed > 0) changed.add(`config/${file}`);
  }
  return [...changed];
};
