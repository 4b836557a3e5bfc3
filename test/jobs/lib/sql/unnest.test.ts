import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toArray, toArrays, unnest } from '../../../../jobs/lib/sql/unnest.ts';
import { describeBoth } from '../../../support/ona.ts';

const COLUMNS = [
  { name: 'label', type: 'text' },
  { name: 'age', type: 'integer' },
  { name: 'counts', type: 'boolean' },
  { name: 'at', type: 'timestamptz' },
];

/** Texts that mean something to JSON, to an array literal or to neither; none that PostgreSQL cannot store. */
const text = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        ...['"', '\\', '{', '}', ',', ' ', '\n', '\t', '\r', '\b', '\f', '\v', '\u0001', '\u001f'],
        ...['\u007f', '\u0085', '\u2028', '\ufeff', '\ufffd', 'n', 'u', 'null', 'NULL', "'", '$1'],
        ...['ភ', 'é', '😀', '𐍈'],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }).map((any) => any.replaceAll('\u0000', '')),
);

const row = fc.record({
  label: fc.option(text),
  age: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  counts: fc.option(fc.boolean()),
});

test('a list that JSON writes as PostgreSQL does is JSON without its brackets; another is quoted value by value', () => {
  expect(toArray([])).toBe('{}');
  expect(toArray(['a', 'say "b"', 'c\\', '', 'null', null, undefined, 1, true])).toBe(
    '{"a","say \\"b\\"","c\\\\","","null",null,null,1,true}',
  );
  expect(toArray(['two\nlines', 'say "b"', 'null', null, undefined, 1, true])).toBe(
    '{"two\nlines","say \\"b\\"","null",null,null,1,true}',
  );
});

describeBoth('rows as columns', (ona) => {
  const back = async (rows: readonly object[]) => {
    const text = `SELECT * FROM ${unnest(1, COLUMNS)}`;
    return (await ona.query(text, toArrays(COLUMNS, rows))).rows;
  };

  test('come back as they went, whatever their texts are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
        expect(await back(rows)).toEqual(rows.map((each) => ({ ...each, at: null })));
      }),
      { numRuns: 300 },
    );
  });

  test('have times of their columns, and null where a row has none', async () => {
    expect(await back([{ at: '2026-05-01T08:00:00.250Z' }, { label: 'null' }])).toEqual([
      { label: null, age: null, counts: null, at: new Date('2026-05-01T08:00:00.250Z') },
      { label: 'null', age: null, counts: null, at: null },
    ]);
  });
});
