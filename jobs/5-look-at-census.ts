/**
 * 5. Look at census: reads in ONA how this quarter's census stands. Of the workflow watch.json.
 */
import { sql } from '@openfn/language-postgresql';
import { lookAtCensus } from './watching/look-at-census.ts';
import { query } from './writing/query.ts';

// The compiler adds this line only where it adds the imports too; without it there is no client.
export * from '@openfn/language-postgresql';

export default [
  // One statement: all numbers are of one moment.
  query(sql, lookAtCensus),
];
