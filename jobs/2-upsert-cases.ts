/**
 * 2. Upsert cases: maps the batch and writes it, all of it or nothing; works out what is still missing.
 */
import { fn, sql } from '@openfn/language-postgresql';
import { query } from './lib/operations/query.ts';
import * as account from './lib/operations/upsert/account.ts';
import { handOnOutcome } from './lib/operations/upsert/hand-on.ts';
import * as take from './lib/operations/upsert/take.ts';
import * as write from './lib/operations/upsert/write.ts';

// The compiler adds this line only where it adds the imports too; without it there is no client.
export * from '@openfn/language-postgresql';

export default [
  fn(take.readBatch),
  // Before the transaction: other batches need not wait for it.
  query(sql, take.mapRecords),
  query(sql, take.begin),
  query(sql, take.lock),
  fn(take.checkAge),
  query(sql, take.selectHeld),
  fn(take.checkEmpty),

  // What goes, goes first: it may free a case_id, or a service's id, for another child of this batch.
  query(sql, write.removeCases),
  query(sql, write.reconcile),
  query(sql, write.updateLeavers),
  query(sql, write.writeRecords),
  fn(write.checkRejected),

  // The ledger, in the same transaction; then what it still lacks, or the proof that it lacks nothing.
  query(sql, account.writeLedger),
  query(sql, account.countHeld),
  query(sql, account.writeProof),
  query(sql, account.reopen),
  query(sql, account.selectCuts),
  query(sql, account.selectReopened),
  query(sql, account.commit),

  fn(handOnOutcome),
];
