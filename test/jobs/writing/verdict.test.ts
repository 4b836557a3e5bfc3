import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../jobs/asking/batch.ts';
import type { Message } from '../../../jobs/message/message.ts';
import type { SyncNoted } from '../../../jobs/message/next.ts';
import {
  isAnother,
  isEmpty,
  judgeBatch,
  kindOf,
  type LookedUp,
} from '../../../jobs/writing/verdict.ts';
import { firstMessage, idOf, message } from '../message/messages.ts';

const SYNC: SyncNoted = {
  sync_id: message().syncId,
  kind: 'census',
  created_from: '1900-01-01T00:00:00+00:00',
  created_to: null,
  changed_since: null,
  parts: 2,
  accept_removals: 0,
  began_at: '2026-10-01T00:00:00+00:00',
  state: 'under way',
  reason: null,
  held_before: 1000,
  first_totals: {},
};
const NOTHING: LookedUp = {
  sync: null,
  age_hours: null,
  next: null,
  is_overtaken: false,
  other: null,
  other_age_hours: null,
  other_kind: null,
  complete_since: null,
  lists: null,
};

const known = (found: Partial<LookedUp> = {}, sync: Partial<SyncNoted> = {}): LookedUp => ({
  ...NOTHING,
  sync: { ...SYNC, ...sync },
  age_hours: 1,
  ...found,
});
const other = (hours: number, kind: SyncNoted['kind'] = 'census'): LookedUp => ({
  ...NOTHING,
  other: 'another',
  other_age_hours: hours,
  other_kind: kind,
});

const CHANGES = firstMessage({ changedSince: '2026-09-01T00:00:00Z' });

describe('A first message', () => {
  test.each<[name: string, message: Message, found: LookedUp, supersedes: boolean]>([
    ['where none is under way', firstMessage(), NOTHING, false],
    ['in the place of one that stands still', firstMessage(), other(2), true],
    ['in the place of one, by a person’s word', firstMessage({ takeOver: true }), other(0.1), true],
    [
      'of a census in the place of changes, by a person’s word',
      firstMessage({ takeOver: true }),
      other(0.1, 'changes'),
      true,
    ],
    ['of changes in the place of changes that stand still', CHANGES, other(2, 'changes'), true],
    ['of changes in the place of a census that is too old to go on', CHANGES, other(48), true],
  ])('begins a sync: %s', (_, first, found, supersedes) => {
    expect(judgeBatch(first, found)).toEqual({ kind: 'begin', supersedes });
  });

  test.each<[name: string, message: Message, found: LookedUp, reason: RegExp]>([
    [
      'another is under way',
      firstMessage(),
      other(1.9),
      /^Sync another is under way: wait until it is over, or take over \(--take-over\)\.$/,
    ],
    [
      'it is changes only: they never take the place of a census',
      firstMessage({ ...CHANGES, takeOver: true }),
      other(3),
      /^Sync another is under way: wait until it is over\.$/,
    ],
    [
      'a census is complete already',
      firstMessage(),
      { ...NOTHING, complete_since: '2026-10-02' },
      /^A census that began at 2026-10-02 is complete already\.$/,
    ],
  ])('does nothing where %s', (_, first, found, reason) => {
    expect(judgeBatch(first, found)).toMatchObject({
      kind: 'nothing',
      reason: expect.stringMatching(reason),
    });
  });
});

describe('A later batch', () => {
  test('is written', () => {
    expect(judgeBatch(message(), known())).toEqual({ kind: 'write' });
    expect(judgeBatch(message(), known({ age_hours: 47.9 }))).toEqual({ kind: 'write' });
  });

  test('that is written already posts its messages again', () => {
    const next = [message({ batch: 4 })];
    expect(judgeBatch(message(), known({ next }))).toMatchObject({ kind: 'again', next });
  });

  test.each<[name: string, found: LookedUp]>([
    ['is written, and a later one too', known({ next: [], is_overtaken: true })],
    ['is written, and its sync is over', known({ next: [message()] }, { state: 'complete' })],
    ['comes after its sync ended', known({}, { state: 'ended', reason: 'why' })],
    ['comes after another sync took its place', known({}, { state: 'superseded' })],
    ['comes 48 hours after its sync began', known({ age_hours: 48 })],
  ])('that %s does nothing, and posts nothing', (_, found) => {
    expect(judgeBatch(message(), found)).toMatchObject({ kind: 'nothing', next: [] });
  });

  test.each<[name: string, message: Message, found: LookedUp]>([
    ['of a sync that ONA does not know', message(), NOTHING],
    ['of another part of a sync that ONA does not know', firstMessage({ part: 2 }), NOTHING],
    ['of a part that the sync does not have', message({ part: 3 }), known()],
    [
      'of changes, where the sync is a census',
      message({ changedSince: '2026-09-01T00:00:00Z' }),
      known(),
    ],
    [
      'of a census, where the sync is of changes',
      message(),
      known({}, { changed_since: '2026-09-01T00:00:00+00:00' }),
    ],
    [
      'of changes since another time',
      message({ changedSince: '2026-09-02T00:00:00Z' }),
      known({}, { changed_since: '2026-09-01T00:00:00+00:00' }),
    ],
    [
      'that counts windows again, where the sync is no census',
      message({ recount: [] }),
      known({}, { kind: 'range' }),
    ],
  ])('%s is refused', (_, given, found) => {
    expect(() => judgeBatch(given, found)).toThrow(/^MESSAGE_REFUSED: /);
  });

  test('of changes since the time that the sync began with is written, however that is said', () => {
    const found = known({}, { changed_since: '2026-09-01T07:00:00+07:00' });
    expect(judgeBatch(message({ changedSince: '2026-09-01T00:00:00Z' }), found)).toEqual({
      kind: 'write',
    });
  });
});

test('A dry run is read and compared whatever ONA knows, and begins nothing', () => {
  expect(judgeBatch(firstMessage({ dryRun: true }), other(0))).toEqual({ kind: 'write' });
});

test.each<[kind: SyncNoted['kind'], fields: Partial<Message>]>([
  ['census', {}],
  ['changes', { changedSince: '2026-09-01T00:00:00Z' }],
  ['range', { to: '2026-01-01T00:00:00Z' }],
  ['range', { from: '2026-01-01T00:00:00Z' }],
  ['range', { from: null, ask: [idOf(1)] }],
])('A sync is a %s that begins with %j', (kind, fields) => {
  expect(kindOf(firstMessage(fields))).toBe(kind);
});

describe('Primero is another one', () => {
  const findings = (known: number, finding: Finding = 'counts', unknown = 100 - known) => [
    ...Array.from({ length: known }, () => ({ id: idOf(1), finding, indexed: true })),
    ...Array.from({ length: unknown }, () => ({
      id: idOf(2),
      finding: 'deleted' as const,
      indexed: true,
    })),
  ];

  test.each<[known: number, accepted: number, isIt: boolean]>([
    [100, 0, false],
    [90, 0, false],
    [89, 0, true],
    [0, 0, true],
    // 110 of 1,000 may be gone: a person says 55, which the sample may take for twice as many.
    [89, 54, true],
    [89, 55, false],
  ])(
    'where it knows %i of 100, and %i removals are accepted: %j',
    (count, accept_removals, isIt) => {
      expect(isAnother(findings(count), { ...SYNC, accept_removals })).toBe(isIt);
    },
  );

  test.each<[known: number, unknown: number, held: number, isIt: boolean]>([
    [4, 1, 5, false],
    [8, 2, 50, false],
    [8, 2, 51, true],
    [0, 1, 1, true],
    [0, 5, 5, true],
  ])(
    'of a small ONA, where it knows %i and not %i, of %i: %j',
    (count, unknown, held_before, isIt) => {
      expect(isAnother(findings(count, 'counts', unknown), { ...SYNC, held_before })).toBe(isIt);
    },
  );

  test('not where it has them, in whatever state', () => {
    for (const finding of ['left', 'disabled', 'unseen'] as const)
      expect(isAnother(findings(100, finding), SYNC)).toBe(false);
    expect(isAnother([], SYNC)).toBe(false);
  });
});

test('Primero is empty where it counts nobody for any indicator', () => {
  expect(isEmpty({ a: { all: 0, dated: 0 }, b: { all: 0, dated: 0 } })).toBe(true);
  expect(isEmpty({ a: { all: 0, dated: 0 }, b: { all: 1, dated: 0 } })).toBe(false);
});
