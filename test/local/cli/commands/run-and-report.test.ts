import { expect, test } from 'vitest';
import { reportChain } from '../../../../local/cli/commands/run-and-report.ts';
import type { ChainReport } from '../../../../local/sync/run-chain.ts';
import { noTotals } from '../../../../local/sync/totals.ts';
import { chainReport } from '../ledger.ts';

const printed = (of: Partial<ChainReport>, json = false) => {
  const texts = { out: '', err: '' };
  const to = (key: keyof typeof texts) => ({
    write: (text: string) => {
      texts[key] += text;
    },
  });
  const how = { json, where: [], next: [] };
  const exitCode = reportChain(chainReport(of), how, { out: to('out'), err: to('err') });
  return { ...texts, exitCode };
};

test('a script is told null, not 0, of batches that another inbox ran', () => {
  const none = { batches: null, cases: null, services: null, surplus: null, unmapped: null };
  expect(JSON.parse(printed({ totals: null }, true).out)).toMatchObject(none);
  expect(JSON.parse(printed({}, true).out)).toMatchObject({ batches: 0, cases: { inserted: 0 } });
});

test('stopping says what stopped: the batches, or only the watching of another inbox', () => {
  const interrupted = { outcome: 'interrupted' } as const;
  expect(printed({ ...interrupted, totals: { ...noTotals(), batches: 3 } })).toEqual({
    out: '',
    err: 'INTERRUPTED: stopped after 3 batches; the next `sync` goes on from there\n',
    exitCode: 130,
  });
  // Slices may have written some that nobody counted.
  expect(printed(interrupted).err).toBe(
    'INTERRUPTED: stopped; the next `sync` goes on from there\n',
  );
  expect(printed({ ...interrupted, totals: null })).toEqual({
    out: '',
    err: 'INTERRUPTED: only the watching stopped; the inbox goes on by itself, and `status` shows how far it is\n',
    exitCode: 130,
  });
});
