/**
 * 2. Upsert cases: maps the batch and writes it, all of it or nothing; works out what is still missing.
 */
import { fn, sql } from '@openfn/language-postgresql';
import { query } from './lib/operations/query.ts';
import * as batch from './lib/operations/upsert-cases.ts';

// The compiler adds this line only where it adds the imports too; without it there is no client.
export * from '@openfn/language-postgresql';

export default [
  fn(batch.readBatch),

  query(sql, batch.begin),
  query(sql, batch.lock),
  query(sql, batch.selectHeld),
  fn(batch.checkEmpty),
  query(sql, batch.selectLocations),

  query(sql, batch.removeCases),
  query(sql, batch.upsertCases),
  fn(batch.checkRejected),
  query(sql, batch.updateLeavers),
  query(sql, batch.removeServices),
  query(sql, batch.upsertServices),

  query(sql, batch.writeRejects),
  query(sql, batch.writeLines),
  query(sql, batch.selectGaps),
  query(sql, batch.countHeld),
  query(sql, batch.writeProof),
  query(sql, batch.commit),

  fn(batch.handOnOutcome),
];
