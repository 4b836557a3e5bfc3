import { expect, test } from 'vitest';
import { parseRange } from '../../../local/cli/range-option.ts';

test('Days stand for their first and last second, times for themselves', () => {
  expect(parseRange('2026-07-01..2026-09-30')).toEqual({
    from: '2026-07-01T00:00:00Z',
    to: '2026-09-30T23:59:59Z',
  });
  expect(parseRange('2026-07-01T10:20:30Z..2026-07-01')).toEqual({
    from: '2026-07-01T10:20:30Z',
    to: '2026-07-01T23:59:59Z',
  });
});

for (const text of [
  '',
  '2026-07-01',
  '2026-07-01..',
  '..2026-07-01',
  '2026-02-30..2026-03-01',
  '1.7.2026..30.9.2026',
  '2026-07-01..2026-08-01..2026-09-01',
  '2026-07-01T00:00:00+07:00..2026-07-02',
])
  test(`Refuses ${JSON.stringify(text)}`, () => {
    expect(() => parseRange(text)).toThrow(/It must be FROM\.\.TO/);
  });

test('Refuses a range that ends before it starts', () => {
  expect(() => parseRange('2026-07-02..2026-07-01')).toThrow('FROM must not be after TO.');
});
