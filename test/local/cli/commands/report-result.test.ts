import { expect, test } from 'vitest';
import { reportResult } from '../../../../local/cli/commands/report-result.ts';
import type { SyncResult } from '../../../../local/sync/run-sync.ts';
import { ledgerSync, PENDING, syncResult } from '../sample-sync.ts';

const printed = (of: Partial<SyncResult>, how: { json?: boolean; file?: string } = {}) => {
  const texts = { out: '', err: '' };
  const to = (key: keyof typeof texts) => ({
    write: (text: string) => {
      texts[key] += text;
    },
  });
  const exitCode = reportResult(
    syncResult(of),
    { json: how.json ?? false, file: how.file, where: [], next: [] },
    { out: to('out'), err: to('err') },
  );
  return { ...texts, exitCode };
};

const real = { file: 'real.json' };
const rejects = [{ scope: 'case', field: 'age', reason: 'NOT_A_NUMBER', count: 1 } as const];
const reason = 'Complete but for 1 unseen.';
const failed = { step: 'get-cases', code: 'A_CODE', message: 'A_CODE: what. What to do.' };
const underWay = ledgerSync({ state: 'under way', pending: [{ ...PENDING, ask: [] }] });

test.each<[string, Partial<SyncResult>, number, number]>([
  ['complete', {}, 0, 0],
  ['not all loaded', { outcome: 'complete but', sync: ledgerSync({ rejects }) }, 3, 0],
  ['but for some', { outcome: 'complete but', sync: ledgerSync({ reason, rejects }) }, 3, 3],
  ['a dry run', { outcome: 'dry run' }, 0, 0],
  ['failed', { outcome: 'failed', failed }, 1, 1],
  ['interrupted', { outcome: 'interrupted' }, 130, 130],
])('%s: exit code for real servers, and for the sandbox', (_, result, ofReal, ofSandbox) => {
  expect(printed(result, real).exitCode).toBe(ofReal);
  expect(printed(result).exitCode).toBe(ofSandbox);
});

test('a batch that failed is told with its step, and how to go on', () => {
  const { out, err } = printed({ outcome: 'failed', failed, sync: underWay }, real);
  expect(out).toBe('');
  expect(err.split('\n')).toEqual([
    'A_CODE: what. What to do. (in get-cases)',
    'Continue after its last batch: npm run -s cli -- replay s-1 --credentials real.json',
    'Or start a new sync: npm run -s cli -- sync --credentials real.json --take-over',
    'Without --take-over, a new sync can start only 2 hours after the last batch.',
    '',
  ]);
  expect(printed({ outcome: 'failed', failed, sync: null }).err).toMatch(
    /\nStart a new sync: npm run -s cli -- sync --sandbox\n$/,
  );
});

test('what says by itself what to do is told in one line', () => {
  const nothing = { step: null, code: 'NOTHING_DONE', message: 'NOTHING_DONE: wait.' };
  expect(printed({ outcome: 'failed', failed: nothing, sync: null }).err).toBe(
    'NOTHING_DONE: wait.\n',
  );
  const ended = ledgerSync({ state: 'ended', reason: 'At least 12 of 90 children would go.' });
  expect(printed({ outcome: 'failed', failed, sync: ended }).err.split('\n')).toHaveLength(2);
});

test('stopping says what stopped, and how to go on', () => {
  const interrupted = { outcome: 'interrupted' } as const;
  expect(printed({ ...interrupted, sync: underWay }).err).toBe(
    'INTERRUPTED: stopped between two steps. The next `sync` continues from there; `sync --take-over` begins anew\n',
  );
  expect(printed({ ...interrupted, sync: null }).err).toMatch(/the next `sync` begins anew\n$/);
  expect(printed({ ...interrupted, isWatched: true }).err).toMatch(
    /this command stopped watching\. The inbox continues/,
  );
});

test('a script gets one document, in which the numbers add up', () => {
  const result = { outcome: 'complete but', sync: ledgerSync({ rejects }) } as const;
  const { out, err } = printed(result, { ...real, json: true });
  expect(err).toBe('');
  const { sync, ...rest } = JSON.parse(out);
  expect(rest).toEqual({
    ...{ outcome: 'complete but', exitCode: 3, seconds: 1, isWatched: false, error: null },
  });
  const { all, heldBefore, removed, heldAfter } = sync;
  expect(all.read - all.inSeveral).toBe(all.new + all.changed + all.unchanged + all.rejected);
  expect(heldBefore + all.new - removed).toBe(heldAfter);
  expect(sync).toMatchObject({ syncId: 's-1', batches: 1, toRead: 1000, asking: 0, rejects });
  expect(sync).not.toHaveProperty('summaries');
});
