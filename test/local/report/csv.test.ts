import { expect, test } from 'vitest';
import { toCsv } from '../../../local/report/csv.ts';

test('quotes what CSV needs quoted, and begins with the mark by which Excel knows UTF-8', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        ['x, "y"', null],
        ['line\nbreak', 5],
      ],
    ),
  ).toBe('\uFEFFa,b\r\n"x, ""y""",\r\n"line\nbreak",5\r\n');
});

test('makes no formula of a label', () => {
  expect(toCsv(['a'], [['=HYPERLINK(1)'], ['-1'], ['@x'], [-1]])).toBe(
    "\uFEFFa\r\n'=HYPERLINK(1)\r\n'-1\r\n'@x\r\n-1\r\n",
  );
});
