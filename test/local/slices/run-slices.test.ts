import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Summary } from '../../../jobs/lib/types.ts';
import type { LogLine } from '../../../local/runner/index.ts';
import { runSlices } from '../../../local/slices/run-slices.ts';
import { planSlices, slicesFirst } from '../../../local/slices/slices-first.ts';
import { runChain } from '../../../local/sync/run-chain.ts';
import { chainRuns } from '../../support/chain-runs.ts';
import { describeOna } from '../../support/ona.ts';
import { findDifferences } from '../../support/oracle.ts';

describeOna('slices', (ona) => {
  const runs = chainRuns(ona, { cases: 2500, seed: 9 });
  const { prepared } = runs;

  test('bring over every case, and the sync after them proves it with what they left', async () => {
    const run = prepared();
    const before = await slicesFirst(run, 3, () => {});
    expect(await findDifferences(runs.primero, ona)).toEqual([]);
    const { inserted, unchanged } = before.totals;
    const report = await runChain({ ...run, before });
    expect(report.failed).toBeNull();
    expect(report.totals).toMatchObject({ inserted, unchanged });
    expect(report.status?.complete).toBe(true);
    expect(await findDifferences(runs.primero, ona)).toEqual([]);
  });

  test('keep to their parts: each looks for gaps in its own part alone', async () => {
    const { credentials, signal } = prepared();
    const messages = await planSlices(credentials, 3);
    const summaries: Summary[] = [];
    const onBatch = (summary: Summary) => void summaries.push(summary);
    const task = { credentials, folder: join(runs.folder, 'slices'), signal, onBatch };
    expect(await runSlices({ ...task, messages: messages.slice(1, 2) })).toEqual([]);
    const { rows } = await ona.query<{ outside: boolean }>(
      'SELECT bool_or(NOT covered <@ tstzrange($1, $2)) AS outside FROM sync_batches',
      [messages[1]!.window.from, messages[2]!.window.from],
    );
    expect(rows[0]!.outside).toBe(false);
    expect(summaries.at(-1)).toMatchObject({ mode: 'slice', complete: true });
  });

  test('tell what their runs print, in this process and in others, to whoever asked for it', async () => {
    const lines: LogLine[] = [];
    await slicesFirst({ ...prepared(), log: (line) => lines.push(line) }, 2, () => {});
    const begun = lines.flatMap(({ text }) => /^Batch 1 of sync \S+-([12]):/.exec(text)?.[1] ?? []);
    expect(new Set(begun)).toEqual(new Set(['1', '2']));
  });

  test('that are stopped leave gaps, which the next sync fills', async () => {
    const abort = new AbortController();
    const run = { ...prepared(), signal: abort.signal };
    const said: string[] = [];
    const stopping = { ...run, onBatch: () => abort.abort() };
    const before = await slicesFirst(stopping, 2, (text) => said.push(text));
    expect(said).toEqual([expect.stringMatching(/^2 slices side by side/)]);
    expect(before.totals.batches).toBeGreaterThan(0);
    const stopped = await runChain({ ...run, before });
    expect(stopped).toMatchObject({ outcome: 'interrupted', totals: before.totals });
    const report = await runChain(prepared());
    expect(report.status?.complete).toBe(true);
    expect(await findDifferences(runs.primero, ona)).toEqual([]);
  });
});
