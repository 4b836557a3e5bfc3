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

test('TO is a day that is over, or a time of today that Primero shows all of', () => {
  const at = (time: string) => Date.parse(`2026-10-01T${time}Z`);
  const refused = /TO must be before today.*the last whole day is 2026-09-30 \(UTC\)\.$/;
  expect(parseRange('2026-07-01..2026-09-30', at('12:00:00')).to).toBe('2026-09-30T23:59:59Z');
  for (const to of ['2026-10-01', '2026-10-02', '2999-01-01', '2026-10-01T11:50:01Z'])
    expect(() => parseRange(`2026-07-01..${to}`, at('12:00:00'))).toThrow(refused);
  expect(parseRange('2026-07-01..2026-10-01T11:50:00Z', at('12:00:00')).to).toBe(
    '2026-10-01T11:50:00Z',
  );
  // Just after midnight yesterday's last minutes may not show yet.
  expect(() => parseRange('2026-07-01..2026-09-30', at('00:09:58'))).toThrow(
    /the last whole day is 2026-09-29/,
  );
  expect(parseRange('2026-07-01..2026-09-30', at('00:09:59')).to).toBe('2026-09-30T23:59:59Z');
});
