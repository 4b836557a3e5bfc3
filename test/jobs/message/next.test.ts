import { describe, expect, test } from 'vitest';
import * as errors from '../../../jobs/errors/registry.ts';
import { afterFirst, type EndQuestions, follow, type Known } from '../../../jobs/message/next.ts';
import { firstMessage, idOf, message } from './messages.ts';

const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => idOf(from + n));

const END: EndQuestions = {
  others_ended: true,
  is_covered: true,
  read: { under18: 100, reintegration: 40 },
  differing: null,
  uncounted: [],
  uncounted_to: null,
  unconfirmed: [],
  rejects: [],
  rejected: 0,
  children: 120,
};
const TOTALS = {
  under18: { all: 100, dated: 100 },
  reintegration: { all: 40, dated: 40 },
};
const FIRST_TOTALS = { under18: 100, reintegration: 40 };

type Changes = Partial<Omit<Known, 'end'>> & { end?: Partial<EndQuestions> | null };

/** What follows a batch after which nothing is open, but for what a test changes. */
const after = ({ end = {}, ...changes }: Changes = {}) =>
  follow({
    message: message({ from: null }),
    sync: { kind: 'census', first_totals: FIRST_TOTALS },
    next: null,
    open: [],
    unseen: 0,
    removals: 0,
    end: end === null ? null : { ...END, ...end },
    totals: TOTALS,
    ...changes,
  });

const next = { ...message({ from: null }), batch: 4 };
const COMPLETE = { next: [], state: 'complete', reason: null, error: null, ask: [] };

describe('While windows are left', () => {
  test('the next message has where they begin, and whom to ask about', () => {
    const { next: messages, state } = after({
      next: '2026-05-01T00:00:00Z',
      open: ids(0, 3),
      end: null,
    });
    expect(messages).toEqual([{ ...next, from: '2026-05-01T00:00:00Z', ask: ids(0, 3) }]);
    expect(state).toBe('under way');
  });

  test('the next message says how large a page may be', () => {
    const [only] = after({ next: '2026-05-01T00:00:00Z', page: 80, end: null }).next;
    expect(only!.page).toBe(80);
  });

  test('no more are asked about than a message holds', () => {
    const [only] = after({ next: '2026-05-01T00:00:00Z', open: ids(0, 600), end: null }).next;
    expect(only!.ask).toEqual(ids(0, 500));
  });

  test('a message keeps what its sync is, and where its part ends', () => {
    const fields = { to: '2027-01-01T00:00:00Z', changedSince: '2026-04-01T00:00:00Z', part: 2 };
    const [only] = after({
      message: message(fields),
      next: '2026-05-01T00:00:00Z',
      end: null,
    }).next;
    expect(only).toEqual({ ...next, ...fields, from: '2026-05-01T00:00:00Z' });
    const [dry] = after({ message: message({ dryRun: true }), next: '2026-05-01T00:00:00Z' }).next;
    expect(dry).toMatchObject({ dryRun: true, batch: 4 });
  });

  test('a message says nothing that a first message alone may say', () => {
    const given = firstMessage({ parts: 1, takeOver: true, acceptRemovals: 3 });
    const [only] = after({ message: given, next: '2026-05-01T00:00:00Z', end: null }).next;
    expect(Object.keys(only!).sort()).toEqual(Object.keys(message()).sort());
  });
});

describe('At the end', () => {
  test('nothing is open: the sync is complete', () => {
    expect(after()).toEqual(COMPLETE);
  });

  test('absent children are asked about first', () => {
    const end = { unconfirmed: ids(5, 6), differing: { from: '2026-01-01T00:00:00Z', to: null } };
    expect(after({ open: ids(0, 2), end }).next).toEqual([{ ...next, ask: ids(0, 2) }]);
  });

  test('another part that goes on completes the sync', () => {
    expect(after({ end: { others_ended: false, unconfirmed: ids(0, 1) } })).toEqual({
      ...COMPLETE,
      state: 'under way',
    });
  });

  test('windows whose totals differ are read again, one at a time', () => {
    const differing = { from: '2026-01-01T00:00:00+00:00', to: '2026-02-01T00:00:00+00:00' };
    expect(after({ end: { differing } }).next).toEqual([
      { ...next, from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
    ]);
    const last = after({ end: { differing: { ...differing, to: null } } });
    expect(last.next[0]).toMatchObject({ from: '2026-01-01T00:00:00Z', to: null });
  });

  test('a sync that lacks a window is not complete', () => {
    for (const is_covered of [false, null])
      expect(after({ end: { is_covered } })).toEqual({
        ...COMPLETE,
        state: 'ended',
        reason: 'Windows are missing.',
        error: errors.SYNC_INCOMPLETE,
      });
  });

  test.each<[before: number, after: number, isGrowing: boolean]>([
    [1000, 1010, false],
    [1000, 1011, true],
    [100, 110, false],
    [100, 111, true],
    [10_000, 10_100, false],
    [10_000, 10_101, true],
    [1000, 500, false],
  ])(
    'a total that grew from %i to %i says that Primero reindexes: %j',
    (before, all, isGrowing) => {
      const { error, reason } = after({
        sync: { kind: 'census', first_totals: { ...FIRST_TOTALS, under18: before } },
        totals: { ...TOTALS, under18: { all, dated: all } },
        end: { read: { ...END.read, under18: all } },
      });
      expect(error).toBe(isGrowing ? errors.PRIMERO_REINDEXING : null);
      if (isGrowing) expect(reason).toBe('The total of under18 has grown while it was read.');
    },
  );

  test('a total that is another than what was read has each window counted again, once', () => {
    const totals = { ...TOTALS, under18: { all: 101, dated: 101 } };
    const uncounted = ['1900-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00'];
    const end = { uncounted, uncounted_to: '2026-02-01T00:00:00+00:00' };
    expect(after({ totals, end }).next).toEqual([
      {
        ...next,
        to: '2026-02-01T00:00:00Z',
        recount: ['1900-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
      },
    ]);
    expect(after({ totals })).toEqual({
      ...COMPLETE,
      reason: 'Complete but for 1 under18 that changed while it was read.',
    });
  });

  test('ghosts are not a difference: they are in what was read', () => {
    expect(after({ end: { uncounted: ['2026-01-01T00:00:00Z'] } })).toEqual(COMPLETE);
  });

  test('rejects whose id is free are asked about, before anyone is removed', () => {
    const rejects = [{ child: idOf(1), scope: 'case' as const, holder: null, isGoing: false }];
    const { next: messages, ask } = after({ end: { rejects, unconfirmed: ids(5, 6) } });
    expect(messages).toEqual([{ ...next, ask: [idOf(1)] }]);
    expect(ask).toEqual([idOf(1)]);
  });

  test('who is to be removed is asked about once more, with who waits for its id', () => {
    const rejects = [{ child: idOf(1), scope: 'case' as const, holder: idOf(5), isGoing: true }];
    const { next: messages, ask } = after({ end: { rejects, unconfirmed: ids(5, 7) } });
    expect(messages).toEqual([{ ...next, ask: [...ids(5, 7), idOf(1)] }]);
    expect(ask).toEqual([idOf(1)]);
  });

  test('no more of them than a message holds', () => {
    const rejects = [{ child: idOf(1), scope: 'case' as const, holder: idOf(5), isGoing: true }];
    const [only] = after({ end: { rejects, unconfirmed: ids(100, 600) } }).next;
    expect(only!.ask).toEqual(ids(100, 600));
  });

  test.each<[rejected: number, children: number, isFew: boolean]>([
    [10, 20, true],
    [11, 220, true],
    [11, 219, false],
  ])('%i rejects of %i children: complete is %j', (rejected, children, isFew) => {
    const { state, error, reason } = after({ end: { rejected, children } });
    expect(state).toBe(isFew ? 'complete' : 'ended');
    expect(error).toBe(isFew ? null : errors.TOO_MANY_REJECTS);
    if (!isFew) expect(reason).toBe('11 of the 219 children that were read were rejected.');
  });

  test('a complete sync says for whom it is not complete', () => {
    const totals = { ...TOTALS, reintegration: { all: 42, dated: 40 } };
    expect(after({ unseen: 3, totals }).reason).toBe(
      'Complete but for 3 unseen, 2 reintegration without a time of creation.',
    );
  });
});

describe('A sync that is no census', () => {
  test('of changes is complete when its windows are, and says what it was', () => {
    const changed = message({ from: null, changedSince: '2026-04-01T00:00:00Z' });
    const sync = { kind: 'changes' as const, first_totals: {} };
    const known = { message: changed, sync, totals: null, end: { is_covered: false } };
    expect(after(known)).toEqual({
      ...COMPLETE,
      reason: 'Changes since 2026-04-01T00:00:00Z brought over.',
    });
  });

  test('of some creation time removes nobody', () => {
    const sync = { kind: 'range' as const, first_totals: {} };
    expect(after({ sync, end: { unconfirmed: ids(0, 1) } })).toEqual({
      ...COMPLETE,
      reason: 'Read again what was asked for.',
    });
  });

  test('but a dry run ends, and completes nothing', () => {
    expect(after({ message: message({ from: null, dryRun: true }) })).toEqual({
      ...COMPLETE,
      state: 'ended',
      reason: 'A dry run: nothing was written.',
    });
  });
});

describe('After the first batch', () => {
  test('each part has its bounds, and whom Primero is asked for before anything is written', () => {
    const cuts = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'];
    const { next: messages, state } = afterFirst(firstMessage({ parts: 3 }), cuts, [
      ids(0, 2),
      [],
      ids(2, 3),
    ]);
    const start = { ...message(), batch: 2 };
    expect(state).toBe('under way');
    expect(messages).toEqual([
      { ...start, from: '1900-01-01T00:00:00Z', to: cuts[0], ask: ids(0, 2) },
      { ...start, part: 2, from: cuts[0], to: cuts[1], ask: [] },
      { ...start, part: 3, from: cuts[1], to: null, ask: ids(2, 3) },
    ]);
  });

  test('whom the first message asks about is asked about, each once', () => {
    const given = firstMessage({ from: null, ask: ids(0, 2) });
    const [only] = afterFirst(given, [], [ids(1, 3)]).next;
    expect(only!.ask).toEqual(ids(0, 3));
  });
});
