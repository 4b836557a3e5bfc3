import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { barProgress } from '../../../../local/cli/progress/bars.ts';
import { lineProgress } from '../../../../local/cli/progress/lines.ts';
import { makeProgress } from '../../../../local/cli/progress/progress.ts';
import { addSummary, noTotals } from '../../../../local/sync/totals.ts';

const screen = () => {
  const written: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      written.push(String(chunk));
      done();
    },
  });
  Object.assign(stream, { isTTY: true, columns: 120 });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => written.join('') };
};

/** Totals after one batch that brought 300 of 1,000 cases, and no leavers. */
const totals = () => {
  const sum = noTotals();
  const none = { inserted: 0, updated: 0, unchanged: 0, removed: 0, rejected: 0 };
  const covered = { from: '1970-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
  const window = { from: covered.from, to: covered.to };
  addSummary(sum, {
    syncId: 'test',
    batch: 1,
    mode: 'sync',
    window,
    indicators: {
      reintegration: { ...none, fetched: 100, inserted: 98, rejected: 2, remaining: 0, covered },
      under18: { ...none, fetched: 200, inserted: 140, unchanged: 60, remaining: 700, covered },
      leavers: { ...none, fetched: 0, remaining: 0, covered },
    },
    services: { written: 5, removed: 1 },
    surplus: 1,
    rejects: 2,
    unmapped: { sex: 3 },
    proof: null,
    complete: false,
    ended: null,
  });
  return sum;
};

test('plain lines tell the pace and where each request stands, and not every batch', () => {
  const { stream, text } = screen();
  const progress = lineProgress(stream);
  progress.batch(totals(), 2);
  progress.batch(totals(), 2.1);
  expect(text()).toBe('1 batch, 150 cases/s: Reintegration 100/100, Under 18 200/900\n');
});

test('the last state is printed once at the end, or before what is said next', () => {
  const { stream, text } = screen();
  const progress = lineProgress(stream);
  const lines = () => text().trim().split('\n');
  progress.batch(totals(), 2);
  progress.batch(totals(), 4);
  progress.say('Stopping');
  progress.batch(totals(), 3);
  progress.batch(totals(), 5);
  expect(lines()).toHaveLength(3);
  progress.stop();
  progress.stop();
  const at = (pace: number) => expect.stringMatching(new RegExp(`^1 batch, ${pace} cases/s: `));
  expect(lines()).toEqual([at(150), at(75), 'Stopping', at(60)]);
});

test('a terminal gets a bar for each request that has brought anything', () => {
  const { stream, text } = screen();
  const progress = barProgress(stream);
  progress.batch(totals(), 2);
  progress.stop();
  expect(text()).toMatch(/Reintegration .*100\/100 cases/);
  expect(text()).toMatch(/Under 18 .*200\/900 cases {2}1 batch, 150 cases\/s/);
  expect(text()).not.toMatch(/Leavers/);
});

test('nothing is shown where only JSON is wanted', () => {
  const { stream, text } = screen();
  const progress = makeProgress({ json: true, debug: false }, { out: stream, err: stream });
  progress.say('Starting');
  progress.batch(totals(), 2);
  progress.stop();
  expect(text()).toBe('');
});

test('counts of batches add up, and what remains is as the last one said', () => {
  const sum = totals();
  expect(sum).toMatchObject({
    batches: 1,
    fetched: 300,
    inserted: 238,
    unchanged: 60,
    rejected: 2,
  });
  expect(sum.services).toEqual({ written: 5, removed: 1 });
  expect(sum.surplus).toBe(1);
  expect(sum.unmapped).toEqual({ sex: 3 });
  expect(sum.indicators.under18).toMatchObject({ fetched: 200, remaining: 700 });
});
