/**
 * 5. Look at census: reads from ONA how far this quarter's census is. Part of the workflow watch.json.
 */
import { sql } from '@openfn/language-postgresql';
import { lookAtCensus } from './watching/look-at-census.ts';
import { query } from './writing/query.ts';

// The compiler adds this line only if it also adds the imports. Without it there is no client.
export * from '@openfn/language-postgresql';

export default [
  // A single statement, so all numbers are of the same moment.
  query(sql, lookAtCensus),
];
