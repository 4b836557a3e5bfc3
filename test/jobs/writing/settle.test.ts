import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Claim, type Held, settle } from '../../../jobs/writing/settle.ts';

const claim = (child: string, id: string, fields: Partial<Claim> = {}): Claim => ({
  child,
  id,
  counts: true,
  created: '2026-01-01',
  ...fields,
});
const held = (child: string | null, id: string, counts = true): Held => ({ child, id, counts });

/** As children do: who wants another id lets its own go, unless it is refused. */
const letsGoOf =
  (claims: readonly Claim[]) =>
  (child: string, id: string, refused: ReadonlySet<Claim>): boolean => {
    const own = claims.find((each) => each.child === child);
    return own !== undefined && own.id !== id && !refused.has(own);
  };

const outcome = (claims: Claim[], holders: Held[]) => {
  const { refused, displaced } = settle(claims, holders, letsGoOf(claims));
  return {
    refused: [...refused].map(({ child }) => child),
    displaced: displaced.map(({ child }) => child),
  };
};

const NOTHING = { counts: false };

describe('Who gets an id', () => {
  test.each<
    [name: string, claims: Claim[], holders: Held[], refused: string[], displaced: string[]]
  >([
    ['whoever alone wants it', [claim('sokha', '1')], [], [], []],
    [
      'whoever wants one that an earlier integration left',
      [claim('sokha', '1')],
      [held(null, '1')],
      [],
      [],
    ],
    ['its holder stays', [claim('dara', '1')], [held('sokha', '1')], ['dara'], []],
    [
      'not a holder that counts for nothing, where the other counts',
      [claim('dara', '1')],
      [held('sokha', '1', false)],
      [],
      ['sokha'],
    ],
    [
      'a holder that counts for nothing, where the other does not count either',
      [claim('dara', '1', NOTHING)],
      [held('sokha', '1', false)],
      ['dara'],
      [],
    ],
    [
      'of two new ones the older',
      [claim('dara', '1', { created: '2026-02-01' }), claim('sokha', '1')],
      [],
      ['dara'],
      [],
    ],
    [
      'of two new ones whoever counts, though it is younger',
      [claim('dara', '1', { created: '2026-02-01' }), claim('sokha', '1', NOTHING)],
      [],
      ['sokha'],
      [],
    ],
    [
      'of two of one time always the same',
      [claim('dara', '1'), claim('bopha', '1')],
      [],
      ['dara'],
      [],
    ],
    [
      'both of two who swapped',
      [claim('dara', '1'), claim('sokha', '2')],
      [held('sokha', '1'), held('dara', '2')],
      [],
      [],
    ],
    [
      'whoever wants the id of one that moves on',
      [claim('dara', '1'), claim('sokha', '2')],
      [held('sokha', '1')],
      [],
      [],
    ],
    [
      'not whoever wants the id of one that may not move on',
      [claim('dara', '1'), claim('sokha', '2')],
      [held('sokha', '1'), held('bopha', '2')],
      ['sokha', 'dara'],
      [],
    ],
    [
      'the holder in the batch, before another that wants it',
      [claim('dara', '1', { created: '2020-01-01' }), claim('sokha', '1')],
      [held('sokha', '1')],
      ['dara'],
      [],
    ],
    [
      'whoever counts, where the holder counts for nothing now and may not move on',
      [claim('dara', '1'), claim('sokha', '2', NOTHING)],
      [held('sokha', '1'), held('bopha', '2')],
      ['sokha'],
      ['sokha'],
    ],
    [
      'the other, where the holder in the batch counts for nothing now',
      [claim('dara', '1'), claim('sokha', '1', NOTHING)],
      [held('sokha', '1')],
      ['sokha'],
      ['sokha'],
    ],
  ])('%s', (_, claims, holders, refused, displaced) => {
    expect(outcome(claims, holders)).toEqual({ refused, displaced });
  });
});

test('Every id that is wanted has one owner afterwards, whatever was wanted and held, 5,000 times', () => {
  const child = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const id = fc.constantFrom('1', '2', '3', '4');
  const claims = fc.uniqueArray(
    fc.record({ child, id, counts: fc.boolean(), created: fc.constantFrom('x', 'y') }),
    { selector: (each) => each.child },
  );
  const world = fc.uniqueArray(fc.record({ child, id, counts: fc.boolean() }), {
    selector: (each) => each.id,
    comparator: (a, b) => a === b,
  });
  fc.assert(
    fc.property(claims, world, (wanted, rows) => {
      const own = rows.filter(
        (row, index) => rows.findIndex((each) => each.child === row.child) === index,
      );
      const relevant = own.filter(({ child: holder, id: its }) => {
        const mine = wanted.find((each) => each.child === holder);
        return mine
          ? mine.id !== its || wanted.some((each) => each.id === its)
          : wanted.some((each) => each.id === its);
      });
      const { refused, displaced } = settle(wanted, relevant, letsGoOf(wanted));
      const gone = new Set(displaced.map((each) => each.child));
      const moved = wanted.filter((each) => !refused.has(each));
      const owners = new Map<string, string[]>();
      const give = (which: string, whom: string) =>
        owners.set(which, [...(owners.get(which) ?? []), whom]);
      for (const row of own)
        if (!gone.has(row.child) && !moved.some((each) => each.child === row.child))
          give(row.id, row.child);
      for (const each of moved) give(each.id, each.child);
      for (const [which, all] of owners) expect([which, new Set(all).size]).toEqual([which, 1]);
      for (const each of wanted) expect([each.id, owners.has(each.id)]).toEqual([each.id, true]);
    }),
    { numRuns: 5_000 },
  );
});
