import { expect, test } from 'vitest';
import { checkSlices, slicesOption } from '../../../local/cli/slices-option.ts';

test('--slices takes 1 to 16', () => {
  const parse = (text: string) => slicesOption().parseArg!(text, undefined as never);
  expect(parse('4')).toBe(4);
  for (const text of ['0', '17', '1.5', 'two', '']) expect(() => parse(text)).toThrow(/1 to 16/);
});

test('slices go neither with a backfill nor with the official openfn', () => {
  expect(() => checkSlices({ slices: 2, backfill: {} })).toThrow(/--backfill/);
  expect(() => checkSlices({ slices: 2, engine: 'cli' })).toThrow(/--engine cli/);
  expect(() => checkSlices({ slices: 2, engine: 'runtime' })).not.toThrow();
  expect(() => checkSlices({ engine: 'cli', backfill: {} })).not.toThrow();
});
