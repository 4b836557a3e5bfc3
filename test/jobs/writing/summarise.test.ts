import { describe, expect, test } from 'vitest';
import type { Outcome, WriteState } from '../../../jobs/writing/state.ts';
import { summarise } from '../../../jobs/writing/summarise.ts';
import { idOf, message } from '../message/messages.ts';

const BOTH = ['under18', 'reintegration'];

const state = (children: [indicators: string[], outcome: Outcome | null][], more: object = {}) =>
  ({
    batch: {
      message: message(),
      left: 7,
      findings: [{ finding: 'left' }, { finding: 'left' }, { finding: 'disabled' }],
      windows: [
        { counts: { under18: [1, 2], reintegration: [0, 1] } },
        { counts: { under18: [1, 3] } },
      ],
    },
    children: children.map(([indicators], number) => ({ id: idOf(number), indicators })),
    outcomes: new Map(
      children.flatMap(([, outcome], number) => (outcome ? [[idOf(number), outcome]] : [])),
    ),
    services: { held: 5, written: 3, removed: 1 },
    gone: 1,
    removed: null,
    unmapped: { sex: 1 },
    ...more,
  }) as unknown as WriteState;

const AFTER = { state: 'under way', reason: null } as const;

describe('A summary', () => {
  test('counts children by what became of them, by indicator and once for all', () => {
    const summary = summarise(
      state([
        [BOTH, 'new'],
        [BOTH, 'changed'],
        [['under18'], 'unchanged'],
        [['under18'], 'older'],
        [['reintegration'], null],
        [[], 'changed'],
        [[], 'nothing'],
        [[], 'new'],
      ]),
      'wrote',
      AFTER,
    );
    expect(summary).toMatchObject({
      syncId: message().syncId,
      part: 1,
      batch: 3,
      did: 'wrote',
      state: 'under way',
      indicators: {
        under18: { read: 4, new: 1, changed: 1, unchanged: 2, rejected: 0, ghosts: 5 },
        reintegration: { read: 3, new: 1, changed: 1, unchanged: 0, rejected: 1, ghosts: 1 },
      },
      all: { read: 7, inSeveral: 2, new: 1, changed: 1, unchanged: 2, rejected: 1 },
      left: 3,
      returned: 1,
      found: { counts: 0, left: 2, disabled: 1, deleted: 0, unseen: 0 },
      services: { written: 3, removed: 1 },
      removed: 1,
      remaining: 7,
      unmapped: { sex: 1 },
    });
    const { read, inSeveral, ...outcomes } = summary.all;
    expect(read - inSeveral).toBe(Object.values(outcomes).reduce((sum, each) => sum + each, 0));
  });

  test('counts whom and what the end of a census removed', () => {
    const removed = { children: 4, services: 6 };
    const summary = summarise(state([], { removed }), 'wrote', {
      state: 'complete',
      reason: 'why',
    });
    expect(summary).toMatchObject({
      state: 'complete',
      reason: 'why',
      removed: 5,
      services: { removed: 7 },
    });
  });

  test.each(['began', 'again', 'nothing', 'refused'] as const)(
    'of a batch that %s counts nobody',
    (did) => {
      const { indicators, all, left, returned, remaining, unmapped } = summarise(
        state([
          [BOTH, 'new'],
          [[], 'new'],
        ]),
        did,
        AFTER,
      );
      const none = { read: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 };
      expect(indicators).toEqual({
        under18: { ...none, ghosts: 0 },
        reintegration: { ...none, ghosts: 0 },
      });
      expect({ all, left, returned, remaining, unmapped }).toEqual({
        all: { ...none, inSeveral: 0 },
        left: 0,
        returned: 0,
        remaining: null,
        unmapped: {},
      });
    },
  );
});
