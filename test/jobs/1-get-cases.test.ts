import { afterEach, describe, expect, test } from 'vitest';
import { FULL_FIELDS, MINIMAL_FIELDS } from '../../jobs/lib/mapping/fields.ts';
import type { Message } from '../../jobs/lib/message.ts';
import { type PackedBatch, unpackBatch } from '../../jobs/lib/pack.ts';
import type { Batch, CaseRecord } from '../../jobs/lib/types.ts';
import { type Fault, type Primero, startPrimero, TAINT } from '../../local/primero/index.ts';
import { createRunner, type RunResult } from '../../local/runner/index.ts';
import { message } from '../support/messages.ts';
import { quickTimers } from '../support/quick-timers.ts';

const UNTIL = Date.parse('2026-06-29T00:00:00Z');

let primero: Primero;
afterEach(() => primero.close());

/** Runs get-cases alone: without ONA's address the step after it fails, on the batch that it was handed. */
const start = async (options: Parameters<typeof startPrimero>[0] = {}) => {
  primero = await startPrimero({ cases: 600, until: UNTIL, ...options });
  const timers = quickTimers();
  const lines: string[] = [];
  const { url, user, password } = primero;
  const credentials = { primero: { url, user, password, basicAuth: true }, ona: {}, inbox: {} };
  const runner = createRunner({
    credentials,
    globals: timers.globals,
    log: ({ text }) => lines.push(text),
    modules: { '@openfn/language-postgresql': 'test/support/no-database' },
  });
  const run = (data: Message | object = message()) => runner.run('get-cases', { data });
  return { run, timers, lines };
};

const batchOf = ({ state, failed }: RunResult): Batch => {
  if (failed?.step === 'get-cases') throw new Error(failed.message);
  return unpackBatch(state?.batch as PackedBatch);
};

const asked = () => primero.requests.filter(({ path }) => path === '/api/v2/cases');
const ids = (records: CaseRecord[]) => records.map(({ id }) => id).sort();

describe('a batch', () => {
  test('holds each case of both indicators once, and what Primero counts', async () => {
    const { run } = await start();
    const { results, expected, changed } = batchOf(await run());
    const all = primero.store.snapshot() as unknown as CaseRecord[];
    const wanted = all.filter(
      ({ type_of_case: type, age }) =>
        type === 'children_undergoing_reintegration_55427' ||
        (typeof age === 'number' && age <= 17),
    );
    expect(ids(results.flatMap(({ records }) => records))).toEqual(ids(wanted));
    expect(expected?.map(({ indicator }) => indicator)).toEqual(['reintegration', 'under18']);
    expect(expected?.[1]?.expected).toBe(
      all.filter(({ enabled, age }) => enabled && typeof age === 'number' && age <= 17).length,
    );
    expect(changed).toEqual([]);
  });

  test('asks for the fields of the mapping and no others, oldest first, by page 1', async () => {
    const { run } = await start();
    await run(
      message({ requests: [{ indicator: 'leavers', ...message().window }, ...message().requests] }),
    );
    const fields = new Set(asked().map(({ query }) => query.fields));
    expect(fields).toEqual(new Set([FULL_FIELDS.join(','), MINIMAL_FIELDS.join(','), 'id']));
    const pages = asked().filter(({ query }) => query.per !== '1');
    expect(pages.length).toBeGreaterThan(2);
    for (const { query } of pages) {
      expect(query).toMatchObject({ order_by: 'last_updated_at', order: 'asc', page: '1' });
    }
    expect(asked().map(({ query }) => query.last_updated_at)).toContain(
      '1970-01-01T00:00:00Z..2026-06-30T00:00:00.999Z',
    );
  });

  test('hands on nothing but the batch, and nothing that the mapping does not name', async () => {
    const { run, lines } = await start();
    const { state } = await run();
    expect(Object.keys(state!).sort()).toEqual(['batch', 'data', 'errors', 'references']);
    expect(state?.references).toEqual([]);
    expect(JSON.stringify(state)).not.toContain(TAINT);
    expect(lines.join('\n')).not.toContain(TAINT);
    expect(lines.join('\n')).not.toContain(primero.password);
  });

  test('drops what a Primero sends that ignores fields=', async () => {
    const { run } = await start({ cases: 100 });
    primero.faults.use(() => ({ kind: 'ignore', params: ['fields'] }));
    const batch = batchOf(await run());
    expect(batch.results[0]?.records.length).toBeGreaterThan(10);
    expect(JSON.stringify(batch)).not.toContain(TAINT);
  });

  test('ends at a second when its share of the state is full, and says what remains', async () => {
    const { run } = await start({ cases: 12_000 });
    const result = await run();
    const { results } = batchOf(result);
    expect(result.steps[0]?.bytes).toBeLessThan(1_600_000);
    for (const { records, coveredTo, remaining, to } of results) {
      expect(coveredTo < to).toBe(true);
      expect(remaining).toBeGreaterThan(0);
      const last = records.at(-1)!.last_updated_at;
      expect(Date.parse(last)).toBeLessThan(Date.parse(coveredTo));
    }
  });

  test('holds as much as its message says', async () => {
    const { run } = await start({ cases: 2000 });
    const [few, more] = [50_000, 200_000].map((batchBytes) => run(message({ batchBytes })));
    const smaller = (await few)!.steps[0]!.bytes;
    expect(smaller).toBeLessThan(55_000);
    expect((await more)!.steps[0]!.bytes).toBeGreaterThan(3 * smaller);
  });

  test.each(['2.9', '2.12', '2.14'] as const)(
    'reads a second of 2,500 cases whole, and by itself, from Primero %s',
    async (family) => {
      const { run } = await start({ cases: 2600, family, sameInstant: 2500 });
      const before = batchOf(await run()).results[1]!;
      const at = before.coveredTo;
      expect(before.records.every((each) => each.last_updated_at < at)).toBe(true);

      const requests: Message['requests'] = [{ indicator: 'under18', from: at, to: at }];
      const [result] = batchOf(await run(message({ requests }))).results;
      const children = primero.store.snapshot(({ age }) => age !== null && age <= 17);
      const there = children.filter((each) =>
        (each.last_updated_at as string).startsWith(at.slice(0, 19)),
      );
      expect(there.length).toBeGreaterThan(1500);
      expect(ids(result!.records)).toEqual(ids(there as unknown as CaseRecord[]));
    },
  );

  test('does not believe that nothing is there: it asks again, and then at any time', async () => {
    const { run } = await start();
    primero.faults.use(({ query }) => (query.type_of_case ? { kind: 'empty' } : undefined));
    const { results } = batchOf(await run());
    expect(results.map(({ everywhere }) => everywhere)).toEqual([0, undefined]);
    const windows = asked()
      .filter(({ query }) => query.type_of_case)
      .map(({ query }) => query.last_updated_at !== undefined);
    expect(windows.slice(0, 3)).toEqual([true, true, false]);
  });

  const hasFilter = ({ type_of_case, age }: Record<string, string>) => Boolean(type_of_case ?? age);

  test.each<[title: string, fails: (query: Record<string, string>) => boolean, message: RegExp]>([
    ['no search finds anything', () => true, /^no case of any type or age, at any time\./],
    [
      'the search for what has changed finds nothing, at any time',
      (query) => !hasFilter(query),
      /^no case of any type or age, at any time\./,
    ],
    ['no indicator has any', hasFilter, /^no case for any indicator, at any time\./],
    [
      'an indicator has none by time, and some at any time',
      (query) => hasFilter(query) && query.last_updated_at !== undefined,
      /^no case for reintegration up to 2026-06-30T00:00:00Z, and \d+ at any time\./,
    ],
  ])('is none where %s', async (_, fails, message) => {
    const { run } = await start();
    primero.faults.use(({ query }) => (fails(query) ? { kind: 'empty' } : undefined));
    const [code, what] = (await run()).failed!.message.split(' Primero counts ');
    expect(code).toBe('PRIMERO_EMPTY:');
    expect(what).toMatch(message);
  });
});

describe('what may pass is asked again', () => {
  test.each<[title: string, fault: Fault, waits: number[] | null]>([
    ['429 with seconds', { kind: 'status', status: 429, retryAfter: 9 }, [9]],
    [
      '503 with a date',
      { kind: 'status', status: 503, retryAfter: 30, retryAfterAs: 'date' },
      null,
    ],
    ['500', { kind: 'status', status: 500 }, null],
    ['502', { kind: 'status', status: 502 }, null],
    ['504', { kind: 'status', status: 504 }, null],
    ['HTML with status 200', { kind: 'html' }, null],
    ['JSON that is cut off', { kind: 'cut' }, null],
    ['half a page', { kind: 'half' }, null],
    ['a dropped connection', { kind: 'drop' }, null],
    ['a connection dropped in the middle', { kind: 'drop', midway: true }, null],
    ['no answer for a minute', { kind: 'hang' }, null],
  ])('%s', async (_, fault, waits) => {
    const { run, timers } = await start();
    primero.faults.next(fault);
    const undisturbed = asked().length;
    const { results } = batchOf(await run());
    expect(results[0]!.fetched).toBeGreaterThan(100);
    expect(timers.waits).toHaveLength(1);
    if (waits) expect(timers.waits).toEqual(waits);
    expect(asked().length).toBeGreaterThan(undisturbed + 5);
  });

  test('but not without end', async () => {
    const { run, timers } = await start();
    primero.faults.use(() => ({ kind: 'status', status: 503 }));
    const { failed } = await run();
    expect(failed?.message).toBe(
      'PRIMERO_UNAVAILABLE: Primero answered with status 503. Primero is busy or under maintenance: run this batch again later.',
    );
    expect(timers.waits.length).toBeLessThanOrEqual(10);
  });
});

describe('what cannot pass fails at once, and says what to do', () => {
  test.each<[title: string, fault: Fault, text: RegExp]>([
    ['401', { kind: 'status', status: 401 }, /^PRIMERO_SIGN_IN: .*Check user and password/],
    ['403', { kind: 'status', status: 403 }, /^PRIMERO_FORBIDDEN: /],
    ['404', { kind: 'status', status: 404 }, /^PRIMERO_REFUSED: Primero answered with status 404/],
    [
      'an ignored filter',
      { kind: 'ignore', params: ['type_of_case', 'age'] },
      /^PRIMERO_FILTER_DROPPED: .*field "(age|type_of_case)"/,
    ],
    [
      'an ignored window',
      { kind: 'ignore', params: ['last_updated_at'] },
      /^PRIMERO_FILTER_DROPPED: .*"last_updated_at"/,
    ],
    [
      'an ignored order',
      { kind: 'ignore', params: ['order_by', 'order'] },
      /^PRIMERO_ORDER_IGNORED: /,
    ],
  ])('%s', async (_, fault, text) => {
    const { run, timers } = await start();
    primero.faults.use(() => fault);
    const window = { from: '2024-01-01T00:00:00Z', to: '2026-06-30T00:00:00Z' };
    const { failed } = await run(
      message({ requests: message().requests.map((each) => ({ ...each, ...window })) }),
    );
    expect(failed?.step).toBe('get-cases');
    expect(failed?.message).toMatch(text);
    expect(failed?.message).not.toContain(TAINT);
    expect(timers.waits).toEqual([]);
  });

  test('a filter on a field that the role may not see', async () => {
    const { run } = await start({ hiddenFields: ['age'] });
    expect((await run()).failed?.message).toMatch(/^PRIMERO_FILTER_DROPPED: .*field "age"/);
  });

  test('a message that is none asks nothing', async () => {
    const { run } = await start();
    const { failed } = await run({ ...message(), version: 2 });
    expect(failed?.message).toMatch(/^MESSAGE_INVALID: The message's "version" must be 1\./);
    expect(asked()).toHaveLength(0);
  });
});
