import { isDeepStrictEqual } from 'node:util';
import type { Client } from 'pg';
import indicators from '#config/indicators.json' with { type: 'json' };
import { about, type Line } from '../line.ts';

/** Whether the views count what config/ says. The jobs do without, so their user need not see the table. */
export const definitionLines = async (client: Client, migrate: string): Promise<Line[]> => {
  const readable = await client.query<{ can: boolean | null }>(
    "SELECT has_table_privilege(to_regclass('indicator_definitions'), 'SELECT') AS can",
  );
  if (!readable.rows[0]?.can) return [];
  const { rows } = await client.query<{ definition: { name: string } }>(
    'SELECT definition FROM indicator_definitions ORDER BY position',
  );
  const line = about('indicators of ONA');
  const held = rows.map(({ definition }) => definition);
  if (isDeepStrictEqual(held, indicators))
    return [line.ok(held.map(({ name }) => name).join(', '))];
  return [
    line.problem('are not those of config/indicators.json as it was built in', `Run ${migrate}.`),
  ];
};
