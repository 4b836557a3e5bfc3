import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openChain } from '../../../local/sync/chain.ts';
import { runChain } from '../../../local/sync/run-chain.ts';
import { chainRuns } from '../../support/chain-runs.ts';
import { describeOna } from '../../support/ona.ts';

describeOna(
  'a backfill',
  (ona) => {
    const runs = chainRuns(ona, { cases: 1200 });
    const { prepared } = runs;
    const backfill = { from: '2025-01-01T00:00:00Z', to: '2025-12-31T23:59:59Z' };

    const heldThen = async () => {
      const { rows } = await ona.query<{ count: number }>(
        'SELECT count(*)::integer FROM cases WHERE primero_updated_at BETWEEN $1 AND $2',
        [backfill.from, backfill.to],
      );
      return rows[0]!.count;
    };

    test('mends rows of its range alone, and leaves the cursor alone', async () => {
      await runChain(prepared());
      const cursor = await readFile(prepared().paths.cursor, 'utf8');
      const before = await heldThen();
      expect(before).toBeGreaterThan(10);
      await ona.query('DELETE FROM cases WHERE primero_updated_at BETWEEN $1 AND $2', [
        backfill.from,
        backfill.to,
      ]);
      const { outcome, walked, totals } = await runChain({ ...prepared(), backfill });
      expect({ outcome, walked }).toEqual({ outcome: 'rejects', walked: backfill });
      expect(await heldThen()).toBe(before);
      expect(totals!.inserted).toBe(before);
      expect(await readFile(prepared().paths.cursor, 'utf8')).toBe(cursor);
    });

    test('is done without a sync before it, and claims no more than its range', async () => {
      const { outcome, walked, status } = await runChain({ ...prepared(), backfill });
      expect({ outcome: outcome !== 'failed', walked }).toEqual({
        outcome: true,
        walked: backfill,
      });
      expect(status!.complete).toBe(false);
      expect(status!.tables.cases).toBe(await heldThen());
    });

    test('by another inbox is watched until the ledger shows the whole range', async () => {
      const { credentials, paths, signal } = prepared();
      const elsewhere = await openChain({ credentials, paths, signal });
      const run = {
        ...prepared(),
        paths: { ...paths, cursor: join(runs.folder, 'other.json') },
        credentials: { ...credentials, inbox: elsewhere.credential },
        backfill,
        watchEveryMs: 20,
      };
      try {
        const { walked, status } = await runChain(run);
        expect(walked).toEqual(backfill);
        expect(status!.tables.cases).toBe(await heldThen());
        // The ledger shows a batch before its inbox has marked it done.
        await expect.poll(() => elsewhere.waiting()).toBe(0);
      } finally {
        await elsewhere.close();
      }
    });
  },
  { only: 'PGlite' },
);
