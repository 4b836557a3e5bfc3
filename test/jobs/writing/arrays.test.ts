import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toArray, toArrays } from '../../../jobs/writing/arrays.ts';
import { describeBoth } from '../../support/ona.ts';

test.each<[name: string, values: (string | number | boolean | null)[], text: string]>([
  ['none', [], '{}'],
  ['texts', ['a', 'b'], '{"a","b"}'],
  ['null, and the word', [null, 'null'], '{null,"null"}'],
  ['quotes and backslashes', ['say "b"', 'c\\d'], '{"say \\"b\\"","c\\\\d"}'],
  ['a line end, which JSON would escape', ['a\nb'], '{"a\nb"}'],
  ['numbers and truths', [1, -2.5, true], '{1,-2.5,true}'],
])('A list as PostgreSQL writes it: %s', (_, values, text) => {
  expect(toArray(values)).toBe(text);
});

test('Rows become one list for each column; what a row lacks is null', () => {
  const columns = [{ name: 'a' }, { name: 'b' }];
  expect(toArrays(columns, [{ a: 1, b: 'x' }, { b: 'y' }])).toEqual(['{1,null}', '{"x","y"}']);
});

describeBoth('any text', (ona) => {
  test('comes back as it was, 500 lists', async () => {
    // Mapping rejects what PostgreSQL cannot store.
    const text = fc
      .oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('NULL', '{}', ',', '"', '\\', '\u0001', ' '),
      )
      .filter((each) => !each.includes('\u0000') && !/[\uD800-\uDFFF]/u.test(each));
    const lists = fc.sample(fc.array(fc.option(text), { maxLength: 8 }), 500);
    for (const list of lists) {
      const { rows } = await ona.query('SELECT $1::text[] AS list', [toArray(list)]);
      expect(rows[0]!.list).toEqual(list);
    }
  });
});
