import { expect, test } from 'vitest';
import type { Message } from '../../../jobs/message/message.ts';
import type { Summary } from '../../../jobs/writing/summary.ts';
import { standOf } from '../../../local/ledger/stand.ts';

/** A batch that read so many children, some of them in two indicators, and behind whose last window Primero counts more. */
const batch = (part: number, read: number, remaining: number | null, inSeveral = 0) =>
  ({ part, did: 'wrote', all: { read, inSeveral }, remaining }) as Summary;

const BEGAN = { ...batch(1, 0, null), did: 'began' } as Summary;

const next = (part: number, from: string | null, ask: string[] = []) =>
  ({ part, from, ask }) as Message;

test('nobody knows how many there are before each part has asked', () => {
  const pending = [next(1, '2020-01-01T00:00:00Z'), next(2, '2023-01-01T00:00:00Z')];
  expect(standOf({ parts: 2, summaries: [BEGAN], pending })).toEqual({
    batches: 0,
    read: 0,
    of: null,
    asking: 0,
  });
  const summaries = [BEGAN, batch(1, 500, 700)];
  expect(standOf({ parts: 2, summaries, pending })).toMatchObject({ read: 500, of: null });
});

test('a child in several indicators was read once, and what is left of each part is to be read', () => {
  const summaries = [BEGAN, batch(1, 500, 700, 100), batch(2, 300, 60)];
  const pending = [next(1, '2021-01-01T00:00:00Z'), next(2, '2024-01-01T00:00:00Z')];
  expect(standOf({ parts: 2, summaries, pending })).toEqual({
    batches: 2,
    read: 700,
    of: 1460,
    asking: 0,
  });
});

test('once no window is left only questions are: children that come with a window are none', () => {
  const summaries = [BEGAN, batch(1, 500, 3), batch(1, 2, null), batch(2, 300, 60)];
  const pending = [next(1, null, ['a', 'b']), next(2, '2024-01-01T00:00:00Z', ['c'])];
  expect(standOf({ parts: 2, summaries, pending })).toEqual({
    batches: 3,
    read: 802,
    of: 862,
    asking: 2,
  });
});

test('a part that has ended has nothing left', () => {
  const summaries = [BEGAN, batch(1, 500, 3)];
  expect(standOf({ parts: 1, summaries, pending: [] })).toMatchObject({ read: 500, of: 500 });
});
