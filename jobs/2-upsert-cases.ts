/**
 * 2. Upsert cases: maps the batch and writes it, all of it or nothing; finds who is absent; at the end removes, and
 * completes the sync.
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

// The compiler adds this line only where it adds the imports too; without it there is no client.
export * from '@openfn/language-postgresql';

export default [
  fn(take.takeBatch),
  query(sql, take.mapRecords),

  // One transaction. Is the batch still to be written? The first one of a sync only notes the sync.
  query(sql, begin.begin),
  query(sql, begin.lock),
  query(sql, begin.lookUpSync),
  query(sql, begin.supersede),
  query(sql, begin.beginSync),
  query(sql, begin.pickSample),
  fn(begin.checkPrimero),

  // What became of the children that Primero was asked about.
  query(sql, findings.takeFindings),
  query(sql, findings.countOpen),
  fn(findings.checkLimits),

  // In the batch that completes the sync, whoever goes goes first: that may free an id for another child.
  query(sql, findings.askForEnd),
  fn(findings.decideRemovals),
  query(sql, findings.removeConfirmed),

  query(sql, findConflicts),
  writeCases(sql),
  writeServices(sql),

  // Who is absent, what is open now, and so what follows.
  query(sql, account.noteBatch),
  query(sql, findings.countOpen),
  query(sql, findings.askForEnd),
  fn(account.decide),
  query(sql, account.finishBatch),
  query(sql, account.forgetEarlier),
  account.end(sql),

  fn(account.handOnOutcome),
];
