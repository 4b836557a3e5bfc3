import { describe, expect, test } from 'vitest';
import { askTotals, recountWindows } from '../../../jobs/asking/totals.ts';
import type { Message } from '../../../jobs/message/message.ts';
import type { Primero } from '../../../local/primero/index.ts';
import { createdAt, putChild, REINTEGRATION } from '../../support/children.ts';
import { testPrimero } from '../../support/primero.ts';
import { firstMessage } from '../message/messages.ts';
import { getState, operations } from './states.ts';

const second = (number: number) => createdAt(number).replace('.000', '');

const totalsOf = async (primero: Primero, fields: Partial<Message>) =>
  (await askTotals(operations.getCases)(getState(primero, fields))).reading;

const withChildren = async (count: number) => {
  const primero = await testPrimero();
  for (let number = 0; number < count; number += 1) putChild(primero, number);
  return primero;
};

describe('The totals', () => {
  test('are asked for in the first batch, once for each indicator', async () => {
    const primero = await withChildren(5);
    putChild(primero, 5, { created_at: undefined, type_of_case: REINTEGRATION });
    const { totals, cuts } = await totalsOf(primero, firstMessage());
    expect(totals).toMatchObject({ under18: { all: 6 }, reintegration: { all: 1 } });
    expect(cuts).toEqual([]);
    expect(primero.requests).toHaveLength(2);
  });

  test('are asked for where no window is left, with and without a time of creation', async () => {
    const primero = await withChildren(5);
    putChild(primero, 5, { created_at: undefined, type_of_case: REINTEGRATION });
    const { totals } = await totalsOf(primero, { from: null });
    expect(totals).toEqual({ under18: { all: 6, dated: 5 }, reintegration: { all: 1, dated: 0 } });
  });

  test.each<[name: string, fields: Partial<Message>]>([
    ['while windows are left', {}],
    ['for changes only', { from: null, changedSince: '2026-01-01T00:00:00Z' }],
  ])('are not asked for %s', async (_, fields) => {
    const primero = await withChildren(5);
    expect((await totalsOf(primero, fields)).totals).toBeNull();
    expect(primero.requests).toEqual([]);
  });

  test('that are zero are asked for again: a search that fails looks just like it', async () => {
    const primero = await withChildren(5);
    primero.faults.next({ kind: 'empty' });
    const { totals } = await totalsOf(primero, { from: null });
    expect(totals).toMatchObject({ under18: { all: 5 }, reintegration: { all: 0 } });
    expect(primero.requests).toHaveLength(7);
  });
});

describe('The parts of a census', () => {
  test('begin where as many children each were created', async () => {
    const { cuts } = await totalsOf(await withChildren(100), firstMessage({ parts: 4 }));
    expect(cuts).toEqual([second(25), second(50), second(75)]);
  });

  test('are fewer where the cuts would be the same', async () => {
    const primero = await testPrimero();
    for (let number = 0; number < 9; number += 1)
      putChild(primero, number, { created_at: createdAt(0) });
    putChild(primero, 9);
    expect((await totalsOf(primero, firstMessage({ parts: 4 }))).cuts).toEqual([second(0)]);
  });

  test('are one where there is no child', async () => {
    const { cuts } = await totalsOf(await testPrimero(), firstMessage({ parts: 4 }));
    expect(cuts).toEqual([]);
  });
});

test('Windows that the message names are counted again, each up to where the next one begins', async () => {
  const primero = await withChildren(10);
  const fields = { from: null, recount: [second(0), second(3), second(5)], to: second(9) };
  const { reading } = await recountWindows(operations.getCases)(getState(primero, fields));
  expect(reading.recounted).toEqual([
    { from: second(0), totals: { under18: 3, reintegration: 0 } },
    { from: second(3), totals: { under18: 2, reintegration: 0 } },
    { from: second(5), totals: { under18: 4, reintegration: 0 } },
  ]);
});
