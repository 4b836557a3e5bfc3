import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../jobs/lib/message.ts';
import { addSeconds } from '../../jobs/lib/time.ts';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import { type Chain, outcomeOf, startChain } from '../support/chain.ts';
import { message } from '../support/messages.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { pagesAsked } from './pages-asked.ts';
import { singleSteps } from './single-steps.ts';

const START = '1970-01-01T00:00:00Z';
const FIRST = '2023-06-30T00:00:00Z';
const SECOND = '2025-06-30T00:00:00Z';
const THIRD = '2026-06-30T00:00:00Z';
const COUNTED = ['reintegration', 'under18'] as const;
const ALL = [...COUNTED, 'leavers'] as const;

describeOna('what was missed', (ona) => {
  let primero: Primero;
  let chain: Chain;
  let steps: ReturnType<typeof singleSteps>;
  beforeEach(async () => {
    primero = await startPrimero({ cases: 500, until: Date.parse(THIRD) - 86_400_000 });
    chain = await startChain({ primero, ona });
    steps = singleSteps({ primero, ona });
  });
  afterEach(async () => {
    await chain.close();
    await primero.close();
  });

  /** One batch of a chain up to `THIRD` that reads a part of it; its next message gets lost. */
  const runPart = async (batch: number, from: string, to: string) => {
    const requests = (batch === 1 ? COUNTED : ALL).map((indicator) => ({ indicator, from, to }));
    const part: Message = message({ batch, window: { from: START, to: THIRD }, requests });
    const { next } = outcomeOf(await steps.upsert(await steps.get(part)));
    return next;
  };

  /** Syncs from the cursor that the chain left, and gives the ranges that were read for it. */
  const syncOn = async () => {
    const before = primero.requests.length;
    const { summary } = await chain.sync({ cursor: THIRD });
    expect(summary.complete).toBe(true);
    expect(await findDifferences(primero, ona)).toEqual([]);
    const { to } = summary.window;
    return { to, asked: pagesAsked(primero.requests.slice(before)) };
  };

  test('a message that got lost: the next sync reads what it would have, and nothing else', async () => {
    const next = await runPart(1, START, FIRST);
    expect(next?.requests).toContainEqual({
      indicator: 'under18',
      from: addSeconds(FIRST, 1),
      to: THIRD,
    });
    const { to, asked } = await syncOn();
    const gap = `${addSeconds(FIRST, 1)}..${addSeconds(THIRD, -1)}`;
    expect(asked).toEqual({
      reintegration: [gap, `${THIRD}..${to}`],
      under18: [gap, `${THIRD}..${to}`],
      leavers: [`${THIRD}..${to}`],
    });
  });

  test('a line that is gone from the ledger: the next sync reads its range for its indicator, and nothing else', async () => {
    await runPart(1, START, FIRST);
    await runPart(2, addSeconds(FIRST, 1), SECOND);
    await runPart(3, addSeconds(SECOND, 1), THIRD);
    const gone = await ona.query(
      "DELETE FROM sync_batches WHERE indicator = 'under18' AND batch = 2",
    );
    expect(gone.rowCount).toBe(1);
    const { to, asked } = await syncOn();
    expect(asked).toEqual({
      reintegration: [`${THIRD}..${to}`],
      under18: [`${addSeconds(FIRST, 1)}..${SECOND}`, `${THIRD}..${to}`],
      leavers: [`${THIRD}..${to}`],
    });
  });

  test('a cursor that got lost: one batch is read again, and the ledger has the rest', async () => {
    await runPart(1, START, FIRST);
    await runPart(2, addSeconds(FIRST, 1), SECOND);
    await runPart(3, addSeconds(SECOND, 1), THIRD);
    const before = primero.requests.length;
    const { summary } = await chain.sync();
    expect(summary).toMatchObject({ complete: true, batch: 2 });
    const { to } = summary.window;
    expect(pagesAsked(primero.requests.slice(before))).toEqual({
      reintegration: [`${START}..${to}`],
      under18: [`${START}..${to}`],
      leavers: [`${addSeconds(THIRD, 1)}..${to}`],
    });
  });
});
