import { describe, expect, test } from 'vitest';
import type { Child } from '../../../jobs/asking/answers.ts';
import { bytesOf } from '../../../jobs/asking/pack.ts';
import type { Reading } from '../../../jobs/asking/state.ts';
import { fit, nextPage, readWindows } from '../../../jobs/asking/windows.ts';
import type { Message } from '../../../jobs/message/message.ts';
import { BATCH_BYTES, FIRST_PAGE, PAGE_SIZE } from '../../../jobs/policy.ts';
import type { Primero } from '../../../local/primero/index.ts';
import { createdAt, putChild, REINTEGRATION } from '../../support/children.ts';
import { testPrimero } from '../../support/primero.ts';
import { idOf } from '../message/messages.ts';
import { getState, operations } from './states.ts';

const second = (number: number) => createdAt(number).replace('.000', '');

describe('The next page has', () => {
  const rows = (count: number) => Array.from({ length: count }, () => []);

  test.each<[name: string, reading: Partial<Reading>, per: number]>([
    ['few records, before anything is known of them', {}, FIRST_PAGE],
    ['what the batch before allows', { message: { page: 80 } as Message }, 80],
    ['a whole page of small ones', { rows: rows(200), bytes: 200_000, sentBytes: 2000 }, PAGE_SIZE],
    ['what fits into the state', { rows: rows(100), bytes: 600_000, sentBytes: 2000 }, 200],
    ['an even number', { rows: rows(100), bytes: 595_000, sentBytes: 2000 }, 202],
    ['what fits into memory', { rows: rows(40), bytes: 40_000, sentBytes: 200_000 }, 80],
    ['one of records as large as memory', { rows: rows(1), bytes: 1000, sentBytes: 20_000_000 }, 1],
    ['none, where too few would fit', { rows: rows(100), bytes: 1_700_000, sentBytes: 2000 }, 0],
    [
      'few of large records, where few can be read',
      { rows: rows(10), bytes: 1_000_000, sentBytes: 2_000_000 },
      8,
    ],
  ])('%s', (_, reading, per) => {
    const all = { message: {}, rows: [], bytes: 0, room: BATCH_BYTES, sentBytes: null, ...reading };
    expect(nextPage(all as unknown as Reading, PAGE_SIZE)).toBe(per);
  });

  test('never more than Primero gives', () => {
    const reading = { message: {}, rows: [], bytes: 0, room: BATCH_BYTES, sentBytes: null };
    expect(nextPage(reading as unknown as Reading, 100)).toBe(100);
    expect(nextPage({ ...reading, sentBytes: 150 } as unknown as Reading, 300)).toBe(300);
  });
});

describe('A window ends', () => {
  const packed = (...minutes: number[]) =>
    minutes.map((minute, number): Child & { row: unknown[]; bytes: number } => ({
      record: { id: idOf(number), created_at: createdAt(minute) },
      broughtBy: ['under18'],
      row: [],
      bytes: 10,
    }));
  const window = { from: second(0), to: second(9) };

  test.each<[name: string, minutes: number[], room: number, to: string]>([
    ['where it was asked to, if all fits', [0, 1, 2], 30, second(9)],
    ['before the second of the first who does not fit', [0, 1, 2], 29, second(2)],
    ['so that none of a second is left behind', [0, 1, 1, 1], 30, second(1)],
    ['in the order of creation, whatever the order of the answer', [2, 0, 1], 20, second(2)],
    ['nowhere, where not even its first second fits', [0, 0, 1], 15, 'nothing'],
  ])('%s', (_, minutes, room, to) => {
    expect(fit(packed(...minutes), window, room)).toBe(to);
  });
});

const read = async (primero: Primero, fields: Partial<Message> = {}, changes: object = {}) => {
  const state = getState(primero, { from: second(0), ...fields });
  Object.assign(state.reading, changes);
  return (await readWindows(operations.getCases)(state)).reading;
};

const fill = (primero: Primero, count: number, fields: Record<string, unknown> = {}) => {
  for (let number = 0; number < count; number += 1) putChild(primero, number, fields);
};

describe('A batch', () => {
  test('reads window after window to the end, and says what it counted', async () => {
    const primero = await testPrimero();
    fill(primero, 500);
    putChild(primero, 7, { type_of_case: REINTEGRATION });
    const { windows, rows, next, left } = await read(primero);
    expect(rows).toHaveLength(500);
    expect(new Set(rows.map(([id]) => id)).size).toBe(500);
    expect({ next, left }).toEqual({ next: null, left: 0 });
    // The first page is small; its window ends before the two that may stand elsewhere.
    expect(windows).toEqual([
      { from: second(0), to: second(197), counts: { under18: [197, 0], reintegration: [1, 0] } },
      { from: second(197), to: null, counts: { under18: [303, 0], reintegration: [0, 0] } },
    ]);
  });

  test('ends where its part ends', async () => {
    const primero = await testPrimero();
    fill(primero, 20);
    const { windows, next, rows } = await read(primero, { to: second(10) });
    expect(windows).toMatchObject([{ from: second(0), to: second(10) }]);
    expect(rows).toHaveLength(10);
    expect(next).toBeNull();
  });

  test('ends where its room is full, and the next one begins with who did not fit', async () => {
    const primero = await testPrimero();
    fill(primero, 500);
    const { rows, values, bytes, next } = await read(primero, {}, { room: 20_000 });
    expect(bytes).toBeLessThanOrEqual(20_000);
    expect(bytes).toBe([...rows, ...values].reduce<number>((sum, each) => sum + bytesOf(each), 0));
    expect(next).toBe(second(rows.length));
    const following = await read(primero, { from: next });
    expect(rows.length + following.rows.length).toBe(500);
  });

  test('of which not even one second fits fails, with how many it has', async () => {
    const primero = await testPrimero();
    fill(primero, 50, { created_at: createdAt(0) });
    await expect(read(primero, {}, { room: 1000 })).rejects.toThrow(
      'PRIMERO_CROWDED: 50 cases were created within one second, 2026-01-01T00:00:00Z.',
    );
  });

  test('that has no time left hands on what it has', async () => {
    const primero = await testPrimero();
    fill(primero, 500);
    const state = { ...getState(primero, { from: second(0) }), enoughAt: Date.now() - 1 };
    const { reading } = await readWindows(operations.getCases)(state);
    expect(reading.windows).toHaveLength(1);
    expect(reading.next).toBe(second(197));
    expect(reading.left).toBe(303);
  });

  test('reads no window where its message names none', async () => {
    const primero = await testPrimero();
    fill(primero, 5);
    expect((await read(primero, { from: null })).windows).toEqual([]);
    expect(primero.requests).toEqual([]);
  });

  test('asks for no larger page than Primero gives', async () => {
    const primero = await testPrimero({ largestPage: 100 });
    fill(primero, 500, { type_of_case: REINTEGRATION });
    const { rows } = await read(primero);
    expect(rows).toHaveLength(500);
    const sizes = primero.requests.map(({ query }) => query.per);
    expect(new Set(sizes.slice(2))).toEqual(new Set(['100']));
  });

  test('of a window without ghosts asks for no total', async () => {
    const primero = await testPrimero({ family: '2.9' });
    fill(primero, 5, { type_of_case: REINTEGRATION });
    const { windows } = await read(primero);
    expect(windows[0]!.counts).toEqual({ under18: [5, 0], reintegration: [5, 0] });
    expect(primero.requests).toHaveLength(2);
  });

  test('of changes only asks for no total, whatever ghosts there are', async () => {
    const primero = await testPrimero({ family: '2.9' });
    fill(primero, 5, { type_of_case: REINTEGRATION });
    primero.store.addGhosts(3, { createdAt: Date.parse(createdAt(1)), age: 9, type: null });
    const { windows } = await read(primero, { changedSince: '2025-01-01T00:00:00Z' });
    expect(windows[0]!.counts.under18).toEqual([5, 0]);
    expect(primero.requests.some(({ query }) => query.per === '1')).toBe(false);
  });

  test('counts the ghosts of each window, by one question where there are some', async () => {
    const primero = await testPrimero({ family: '2.9' });
    fill(primero, 300);
    const ghost = (minute: number) => ({
      createdAt: Date.parse(createdAt(minute)),
      age: 9,
      type: null,
    });
    primero.store.addGhosts(3, ghost(10));
    primero.store.addGhosts(2, ghost(250));
    const { windows } = await read(primero);
    expect(windows.map(({ counts }) => counts.under18![1])).toEqual([3, 2]);
    expect(windows.map(({ counts }) => counts.under18![0])).toEqual([194, 106]);
  });

  test('asks at once about a field that a window lacks: it may be shown again before the next one', async () => {
    const primero = await testPrimero({ hiddenFields: ['registration_date'] });
    fill(primero, 300);
    primero.faults.use(({ query }) => {
      if (query.created_at === `${second(197)}..`) primero.role.hiddenFields.clear();
      return undefined;
    });
    await expect(read(primero)).rejects.toThrow('PRIMERO_FIELD_HIDDEN');
  });

  test('asks about a field that only one answer of a window lacks', async () => {
    const primero = await testPrimero();
    putChild(primero, 1, { type_of_case: REINTEGRATION });
    primero.faults.use((_, n) => {
      if (n === 2) primero.role.hiddenFields.add('registration_date');
      return undefined;
    });
    await expect(read(primero)).rejects.toThrow('PRIMERO_FIELD_HIDDEN');
  });

  test('goes on where the field is blank in all of a window', async () => {
    const primero = await testPrimero();
    putChild(primero, 1, { oscar_number: undefined });
    expect((await read(primero)).rows).toHaveLength(1);
    expect(primero.requests.map(({ query }) => query.oscar_number)).toContain('zzz');
  });
});
