import { describe, expect, test } from 'vitest';
import type { Batch } from '../../jobs/asking/batch.ts';
import { countsFor } from '../../jobs/indicators.ts';
import type { Message } from '../../jobs/message/message.ts';
import type { CaseRecord } from '../../jobs/record.ts';
import { type Fault, type PrimeroOptions, TAINT } from '../../local/primero/index.ts';
import { censusInRunner } from '../support/census.ts';
import { putChild } from '../support/children.ts';
import { testPrimero } from '../support/primero.ts';
import { quickTimers } from '../support/quick-timers.ts';
import { firstMessage, idOf, message } from './message/messages.ts';

const NO_ONA = {
  credentials: { host: 'localhost', port: 5432, database: 'none', user: 'nobody', password: '' },
};
const START = '1900-01-01T00:00:00Z';

/** Runs the built get-cases in the runtime's sandbox. */
const start = async (options: PrimeroOptions = {}) => {
  const primero = await testPrimero({ cases: 600, ...options });
  const timers = quickTimers();
  const lines: string[] = [];
  const { get } = await censusInRunner(
    { primero, ona: NO_ONA },
    { globals: timers.globals, log: ({ text }) => lines.push(text) },
  );
  const run = async (fields: Partial<Message> = {}) => {
    const { state, error } = await get(message({ from: START, ...fields }));
    return { state, error, batch: state.batch as Batch };
  };
  return { primero, timers, lines, run };
};

describe('A batch of the built job', () => {
  test('holds each child of both indicators once, whole windows of it', async () => {
    const { primero, run } = await start();
    const { batch, error } = await run();
    expect(error).toBeNull();
    const counting = primero.store
      .snapshot(({ enabled }) => enabled)
      .filter((record) => countsFor(record as unknown as CaseRecord).length > 0);
    expect(batch.rows).toHaveLength(counting.length);
    expect(new Set(batch.rows.map(([id]) => id)).size).toBe(counting.length);
    expect(batch.next).toBeNull();
    expect(batch.windows.at(-1)?.to).toBeNull();
    expect(batch.totals?.under18?.all).toBe(
      counting.filter(({ age }) => typeof age === 'number' && age <= 17).length,
    );
  });

  test('reads no window where a sync begins: only totals, and the cuts of its parts', async () => {
    const { primero, run } = await start();
    const { batch } = await run(firstMessage({ parts: 3 }));
    expect(batch).toMatchObject({ windows: [], rows: [], next: START });
    expect(batch.cuts).toHaveLength(2);
    const cases = primero.requests.filter(({ path }) => path === '/api/v2/cases');
    expect(cases.every(({ query }) => query.per === '1')).toBe(true);
    expect(cases).toHaveLength(4);
    expect(batch.lists).toMatchObject({ sex: 'Sex', 'sex.male': 'Male' });
    expect(primero.requests).toHaveLength(6);
  });

  test('asks about the absent first, and then reads on', async () => {
    const { primero, run } = await start({ cases: 0 });
    putChild(primero, 1, { age: 30 });
    putChild(primero, 2);
    const { batch } = await run({ ask: [idOf(1)] });
    expect(batch.findings).toEqual([{ id: idOf(1), finding: 'left', indexed: true }]);
    expect(batch.rows.map(([id, , origin]) => [id, batch.values[Number(origin)]])).toEqual([
      [idOf(1), 'asked'],
      [idOf(2), 'window'],
    ]);
    expect(primero.requests[0]!.query.id).toBe(idOf(1));
  });

  test('hands on nothing but the batch, and nothing that the mapping does not name', async () => {
    const { primero, run, lines } = await start();
    primero.faults.use(() => ({ kind: 'ignore', params: ['fields'] }));
    const { state } = await run();
    expect(Object.keys(state).sort()).toEqual(['batch', 'data', 'references']);
    expect(JSON.stringify(state)).not.toContain(TAINT);
    expect(lines.join('\n')).not.toContain(TAINT);
    expect(lines.join('\n')).not.toContain(primero.credential.password);
  });

  test('fails before it hands anything on where a mapped field is hidden', async () => {
    const { run } = await start({ hiddenFields: ['sex'] });
    expect((await run()).error).toMatch(
      /^PRIMERO_FIELD_HIDDEN: The user sync may not see the field sex/,
    );
  });
});

describe('What may pass is asked again', () => {
  test.each<[title: string, fault: Fault, waits: number[] | null]>([
    ['429 with seconds', { kind: 'status', status: 429, retryAfter: 9 }, [9]],
    [
      '503 with a date',
      { kind: 'status', status: 503, retryAfter: 30, retryAfterAs: 'date' },
      null,
    ],
    ['500', { kind: 'status', status: 500 }, null],
    ['502 of a proxy', { kind: 'status', status: 502, body: 'html' }, null],
    ['504', { kind: 'status', status: 504 }, null],
    ['HTML with status 200', { kind: 'html' }, null],
    ['JSON that is cut off', { kind: 'cut' }, null],
    ['200 without a body', { kind: 'blank' }, null],
    ['a dropped connection', { kind: 'drop' }, null],
    ['a connection dropped in the middle', { kind: 'drop', midway: true }, null],
    ['no answer for a minute', { kind: 'hang' }, null],
  ])('%s, on the very first request', async (_, fault, waits) => {
    const { primero, run, timers } = await start();
    primero.faults.next(fault);
    const { batch, error } = await run();
    expect(error).toBeNull();
    expect(batch.rows.length).toBeGreaterThan(300);
    expect(timers.waits).toHaveLength(1);
    if (waits) expect(timers.waits).toEqual(waits);
  });

  test.each<[title: string, fault: Fault]>([
    ['half a page', { kind: 'half' }],
    ['an empty answer', { kind: 'empty' }],
    ['a full total without records', { kind: 'hollow' }],
  ])('%s, without waiting', async (_, fault) => {
    const { primero, run, timers } = await start();
    const whole = (await run()).batch.rows.length;
    primero.faults.next(fault);
    expect((await run()).batch.rows).toHaveLength(whole);
    expect(timers.waits).toEqual([]);
  });

  test('but not without end', async () => {
    const { primero, run, timers } = await start();
    primero.faults.use(() => ({ kind: 'status', status: 503 }));
    expect((await run()).error).toBe(
      'PRIMERO_UNAVAILABLE: Primero answered with status 503. Primero is busy or under maintenance: run this batch again later.',
    );
    expect(timers.waits).toHaveLength(5);
  });
});

describe('What cannot pass fails at once, and says what to do', () => {
  test.each<[title: string, fault: Fault, text: RegExp]>([
    ['401', { kind: 'status', status: 401 }, /^PRIMERO_SIGN_IN: .*Check the user and the password/],
    ['403', { kind: 'status', status: 403 }, /^PRIMERO_FORBIDDEN: /],
    ['404', { kind: 'status', status: 404 }, /^PRIMERO_REFUSED: Primero answered with status 404/],
    [
      'an ignored age',
      { kind: 'ignore', params: ['age'] },
      /^PRIMERO_FILTER_DROPPED: .*filter on age/,
    ],
    [
      'an ignored type',
      { kind: 'ignore', params: ['type_of_case'] },
      /^PRIMERO_FILTER_DROPPED: .*type_of_case/,
    ],
    [
      'an ignored state',
      { kind: 'ignore', params: ['record_state'] },
      /^PRIMERO_FILTER_DROPPED: .*record_state/,
    ],
    [
      'an ignored window',
      { kind: 'ignore', params: ['created_at'] },
      /^PRIMERO_FILTER_DROPPED: .*created_at/,
    ],
    [
      'an ignored order',
      { kind: 'ignore', params: ['order_by', 'order'] },
      /^PRIMERO_ORDER_IGNORED: /,
    ],
  ])('%s', async (_, fault, text) => {
    const { primero, run, timers } = await start({ cases: 2000 });
    for (let index = 0; index < 2000; index += 3) primero.store.disable(index);
    primero.faults.use(() => fault);
    const { error } = await run({ from: '2026-06-01T00:00:00Z' });
    expect(error).toMatch(text);
    expect(error).not.toContain(TAINT);
    expect(timers.waits).toEqual([]);
  });

  test('a message that is none asks nothing', async () => {
    const { primero, run } = await start();
    expect((await run({ version: 1 as never })).error).toMatch(
      /^MESSAGE_INVALID: The message's "version" must be 2\./,
    );
    expect(primero.requests).toEqual([]);
  });
});
