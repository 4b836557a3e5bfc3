import { expect, test, vi } from 'vitest';
import { syncText } from '../../../local/cli/sync-text.ts';
import type { LedgerSync } from '../../../local/ledger/read-sync.ts';
import { sumUp } from '../../../local/ledger/sums.ts';
import type { Primero } from '../../../local/primero/index.ts';
import { runSync } from '../../../local/sync/run-sync.ts';
import { chainRuns } from '../../support/chain-runs.ts';
import { describeOna } from '../../support/ona.ts';

// Whole syncs: slow where other tests have the processors.
vi.setConfig({ testTimeout: 180_000 });

/** Numbers in a line of a table or text, such as `│ All │ 1,203 │`. */
const numbersIn = (line: string): number[] =>
  (line.match(/\d[\d,]*/g) ?? []).map((number) => Number(number.replaceAll(',', '')));

/** Lines of the table of counts, as it is shown, without their names. */
const tableOf = (sync: LedgerSync): number[][] =>
  syncText(sync)
    .join('\n')
    .split('\n')
    .filter((line) => /^│ (Under 18|Reintegration|All)/.test(line))
    .map((line) => numbersIn(line.replace('Under 18', '')));

describeOna(
  'the numbers of a sync',
  (ona) => {
    const runs = chainRuns(ona, { cases: 900, seed: 3 });

    const countCases = async () =>
      (await ona.query<{ n: number }>('SELECT count(*)::integer AS n FROM cases')).rows[0]!.n;

    /** A quarter, deaths of records, an id that another child has, and a service that nobody can load. */
    const change = ({ store }: Primero, n: number) => {
      const to = Date.now();
      store.quarter({ seed: n, from: to - 60_000, to, share: 0.08 });
      store.deleteForGood(n * 11);
      store.disable(n * 13);
      store.update(n * 17, { changes: { case_id_display: `shared-${n}` } });
      store.update(n * 17 + 1, { changes: { case_id_display: `shared-${n}` } });
      store.update(n * 19, { changes: { registration_date: 'not a day' } });
    };

    test('add up, sync after sync of a Primero that changes, as they are kept and as they are shown', async () => {
      let held = 0;
      let removed = 0;
      let rejected = 0;
      for (let n = 1; n <= 4; n += 1) {
        const before = await countCases();
        const run = runs.prepared(80_000);
        const { sync } = await runSync({ ...run, input: { ...run.input, parts: n % 2 ? 1 : 2 } });
        expect(sync).toMatchObject({ state: 'complete', heldBefore: before });
        const sums = sumUp(sync!.summaries);
        const { all, indicators } = sums;
        expect(all.read - all.inSeveral).toBe(all.new + all.changed + all.unchanged + all.rejected);
        for (const each of Object.values(indicators))
          expect(each.read).toBe(each.new + each.changed + each.unchanged + each.rejected);
        expect(Object.values(indicators).reduce((sum, each) => sum + each.read, 0)).toBe(all.read);
        expect(sync!.heldBefore + all.new + sums.returned - sums.removed).toBe(sync!.heldAfter);
        expect(sync!.heldAfter).toBe(await countCases());

        const rows = tableOf(sync!);
        expect(rows).toHaveLength(3);
        for (const [read, ...parts] of rows)
          expect(read).toBe(parts.reduce((sum, count) => sum + count, 0));
        const said = syncText(sync!).find((line) => line.startsWith('ONA held'))!;
        const [was, added, gone, is] = numbersIn(said);
        expect(was! + added! - gone!).toBe(is);

        held = Math.max(held, before);
        removed += sums.removed;
        rejected += all.rejected;
        change(runs.primero, n);
      }
      // The histories are worth adding up: something of each kind has happened.
      expect(held).toBeGreaterThan(600);
      expect(removed).toBeGreaterThan(3);
      expect(rejected).toBeGreaterThan(1);
    });
  },
  { only: 'PGlite' },
);
