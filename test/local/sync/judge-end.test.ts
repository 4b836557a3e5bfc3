import { expect, test } from 'vitest';
import type { ChainEnd } from '../../../local/sync/chain.ts';
import { judgeEnd } from '../../../local/sync/judge-end.ts';
import { batch, ledgerSync } from '../cli/sample-sync.ts';

const end = (more: Partial<ChainEnd> = {}): ChainEnd => ({
  failed: null,
  syncId: 's-1',
  last: { summary: batch(1), next: [] },
  interrupted: false,
  ...more,
});

const rejects = [{ scope: 'case', field: 'age', reason: 'NOT_A_NUMBER', count: 1 } as const];

test.each([
  ['complete', {}],
  ['complete but', { rejects }],
  ['complete but', { reason: 'Complete but for 1 unseen.' }],
  // What these did stands where a census has its exceptions.
  ['complete', { kind: 'range', reason: 'Read again what was asked for.' }],
  ['complete', { kind: 'changes', reason: 'Changes since T brought over.' }],
  ['complete but', { kind: 'changes', reason: 'Changes since T brought over.', rejects }],
] as const)('%s: %j', (outcome, sync) => {
  const judged = judgeEnd(
    end(),
    ledgerSync({ ...sync, rejects: [...('rejects' in sync ? rejects : [])] }),
    false,
  );
  expect(judged).toEqual({ outcome, failed: null });
});

test('Ctrl-C goes before a failure that it may have made, and a failure before what the ledger says', () => {
  const failed = { step: 'get-cases', code: 'A', message: 'A: b' };
  expect(judgeEnd(end({ failed, interrupted: true }), ledgerSync(), false).outcome).toBe(
    'interrupted',
  );
  expect(judgeEnd(end({ failed }), ledgerSync(), false)).toEqual({ outcome: 'failed', failed });
});

test('a dry run that was read to its end is no sync, and none that failed', () => {
  expect(judgeEnd(end(), ledgerSync(), true).outcome).toBe('dry run');
  expect(judgeEnd(end(), null, true).outcome).toBe('failed');
});

test.each([
  [null, /^SYNC_INCOMPLETE: ONA knows nothing of the sync/],
  [
    ledgerSync({ state: 'under way' }),
    /^SYNC_INCOMPLETE: sync s-1 stopped before its end: `status` says where/,
  ],
  [
    ledgerSync({ state: 'ended', reason: 'Windows are missing.' }),
    /^SYNC_INCOMPLETE: Windows are missing: start a new sync/,
  ],
  [
    ledgerSync({ state: 'superseded', reason: null }),
    /^SYNC_INCOMPLETE: sync s-1 is superseded: start a new sync/,
  ],
])('a sync that is not complete fails, and says why', (sync, text) => {
  expect(judgeEnd(end(), sync, false).failed!.message).toMatch(text);
});

test('a batch that had no business says why', () => {
  const summary = batch(0, { did: 'nothing', reason: 'Another one is under way.' });
  expect(judgeEnd(end({ last: { summary, next: [] } }), null, false).failed!.message).toBe(
    'NOTHING_DONE: Another one is under way: wait or take over, as the text says. `status` shows both syncs',
  );
});
