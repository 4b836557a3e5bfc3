/**
 * 2. Upsert cases: maps the batch and writes all of it or nothing, and finds out who is absent. The last batch removes
 * children and completes the sync.
 */
import { fn, sql } from '@openfn/language-postgresql';
import * as account from './writing/account.ts';
import * as begin from './writing/begin.ts';
import { findConflicts } from './writing/conflicts.ts';
import * as findings from './writing/findings.ts';
import { query } from './writing/query.ts';
import * as take from './writing/take.ts';
import { writeCases } from './writing/write-cases.ts';
import { writeServices } from './writing/write-services.ts';

// The compiler adds this line only if it also adds the imports. Without it there is no client.
export * from '@openfn/language-postgresql';

export default [
  fn(take.takeBatch),
  query(sql, take.mapRecords),

  // One transaction. Must the batch still be written? The first batch of a sync only notes the sync.
  query(sql, begin.begin),
  query(sql, begin.lock),
  query(sql, begin.lookUpSync),
  query(sql, begin.supersede),
  query(sql, begin.beginSync),
  query(sql, begin.pickSample),
  fn(begin.checkPrimero),

  // What Primero said of the children that it was asked about.
  query(sql, findings.takeFindings),
  query(sql, findings.countOpen),
  fn(findings.checkLimits),

  // The batch that completes the sync removes children first: that may free an id for another child.
  query(sql, findings.askForEnd),
  fn(findings.decideRemovals),
  query(sql, findings.removeConfirmed),

  query(sql, findConflicts),
  writeCases(sql),
  writeServices(sql),

  // Who is absent, which questions are open now, and therefore what comes next.
  query(sql, account.noteBatch),
  query(sql, findings.countOpen),
  query(sql, findings.askForEnd),
  fn(account.decide),
  query(sql, account.finishBatch),
  query(sql, account.forgetEarlier),
  account.end(sql),

  fn(account.handOnOutcome),
];
