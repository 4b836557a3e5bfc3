import { describe, expect, test } from 'vitest';
import { readWindow } from '../../../jobs/asking/window.ts';
import type { Primero } from '../../../local/primero/index.ts';
import { createdAt, putChild, REINTEGRATION } from '../../support/children.ts';
import { testPrimero } from '../../support/primero.ts';
import { idOf } from '../message/messages.ts';
import { askerOf } from './asker.ts';

const START = '1900-01-01T00:00:00Z';
const second = (number: number) => createdAt(number).replace('.000', '');
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => n + from);

const read = (primero: Primero, asked: object = {}) =>
  readWindow(askerOf(primero), { from: START, end: null, per: 20, most: 1000, ...asked });

/** Numbers of the children of a window, and of those whom an indicator's answer brought. */
const bring = (window: Awaited<ReturnType<typeof read>>) => {
  const of = (children: typeof window.children) =>
    children.map(({ record }) => Number(record.id.slice(-12))).sort((a, b) => a - b);
  const by = (name: string) => of(window.children.filter((each) => each.broughtBy.includes(name)));
  return { all: of(window.children), under18: by('under18'), reintegration: by('reintegration') };
};

describe.each(['2.9', '2.12', '2.14'] as const)('A window of Primero %s', (family) => {
  test('holds the children of both indicators, each once', async () => {
    const primero = await testPrimero({ family });
    putChild(primero, 1);
    putChild(primero, 2, { type_of_case: REINTEGRATION });
    putChild(primero, 3, { type_of_case: REINTEGRATION, age: 30 });
    putChild(primero, 4, { age: 30 });
    putChild(primero, 5, { record_state: false });
    putChild(primero, 6, { created_at: undefined });
    const window = await read(primero);
    expect(bring(window)).toEqual({ all: [1, 2, 3], under18: [1, 2], reintegration: [2, 3] });
    expect(window).toMatchObject({ from: START, to: null, left: 2, ghosts: { under18: 0 } });
    expect(primero.requests).toHaveLength(2);
  });

  test('ends at the second of the record before the last that may stand elsewhere', async () => {
    const primero = await testPrimero({ family });
    for (const number of numbers(0, 50)) putChild(primero, number);
    const window = await read(primero);
    // A page has 20; the window ends where the 19th was created.
    expect(window.to).toBe(second(18));
    expect(bring(window).all).toEqual(numbers(0, 18));
    expect(window.left).toBe(50);
  });

  test('is followed by one that misses nobody, at bounds in the middle of a second', async () => {
    const primero = await testPrimero({ family });
    for (const number of numbers(0, 60)) {
      const ms = Date.parse(createdAt(Math.floor(number / 3))) + (number % 3) * 400;
      putChild(primero, number, { created_at: new Date(ms).toISOString() });
    }
    const seen: number[] = [];
    let from: string | null = START;
    for (let windows = 0; from !== null && windows < 20; windows += 1) {
      const window = await read(primero, { from });
      seen.push(...bring(window).all);
      from = window.to;
    }
    expect(seen).toEqual(numbers(0, 60));
  });

  test('is cut again where the second indicator does not fit, and holds nobody beyond', async () => {
    const primero = await testPrimero({ family });
    for (const number of numbers(0, 10)) putChild(primero, number * 10);
    const adult = { age: 30, type_of_case: REINTEGRATION };
    for (const number of numbers(0, 40))
      putChild(primero, 1000 + number, { ...adult, created_at: createdAt(number) });
    const window = await read(primero);
    expect(window.to).toBe(second(18));
    expect(bring(window).under18).toEqual([0, 10]);
    expect(bring(window).reintegration).toEqual(numbers(1000, 1018));
    expect(window.left).toBe(10);
  });

  test('ends where it must, and holds nobody of that second', async () => {
    const primero = await testPrimero({ family });
    for (const number of numbers(0, 10)) putChild(primero, number);
    const window = await read(primero, { from: second(2), end: second(5) });
    expect(bring(window).all).toEqual([2, 3, 4]);
    expect(window.to).toBe(second(5));
  });

  test('goes by the page that Primero gives, not by what it was asked for', async () => {
    const primero = await testPrimero({ family, largestPage: 10 });
    for (const number of numbers(0, 50)) putChild(primero, number);
    const window = await read(primero, { per: 40 });
    expect(window.per).toBe(10);
    expect(window.to).toBe(second(8));
    expect(bring(window).all).toEqual(numbers(0, 8));
  });

  test('is one second where more were created in it than a page holds', async () => {
    const primero = await testPrimero({ family });
    for (const number of numbers(0, 70)) putChild(primero, number, { created_at: createdAt(0) });
    putChild(primero, 71);
    const window = await read(primero, { from: second(0) });
    expect(window).toMatchObject({ from: second(0), to: '2026-01-01T00:00:01Z', left: 71 });
    expect(bring(window).all).toEqual(numbers(0, 70));
  });

  test('of changes only brings who was changed since', async () => {
    const primero = await testPrimero({ family });
    for (const number of numbers(0, 5)) putChild(primero, number);
    putChild(primero, 2, { last_updated_at: '2026-06-01T00:00:00.000Z' });
    const window = await read(primero, { changedSince: '2026-06-01T00:00:00Z' });
    expect(bring(window).all).toEqual([2]);
  });
});

test('A page of ghosts alone is stepped over', async () => {
  const primero = await testPrimero({ family: '2.9' });
  const ghost = { createdAt: Date.parse(createdAt(0)), age: 9, type: null };
  primero.store.addGhosts(45, ghost);
  putChild(primero, 100);
  const window = await read(primero);
  expect(bring(window).all).toEqual([100]);
  expect(window.ghosts).toEqual({ under18: 45, reintegration: 0 });
  expect(window.to).toBeNull();
});

test('Who was edited since Solr indexed it is left to be asked about, or brought as it is now', async () => {
  const primero = await testPrimero({ family: '2.9', commitDelayMs: 60_000 });
  for (const number of numbers(0, 5)) putChild(primero, number);
  primero.store.reindex();
  primero.store.setAge(1, 30);
  primero.store.update(2, { changes: { age: 30, type_of_case: REINTEGRATION } });
  const window = await read(primero, { per: 1000 });
  expect(bring(window)).toEqual({ all: [0, 2, 3, 4], under18: [0, 3, 4], reintegration: [] });
  expect(window.children.find(({ record }) => record.id === idOf(2))?.broughtBy).toEqual([]);
});
