import { expect, test } from 'vitest';
import { tryToWrite } from '../../../jobs/writing/probe.ts';
import { execute, sql } from '../../../local/adaptors/postgresql/index.ts';
import { describeBoth } from '../../support/ona.ts';

describeBoth('rows of which a column does not take some', (ona) => {
  /** Tries to write numbers into a column that takes even ones alone, in a transaction that is committed. */
  const write = async (
    numbers: number[],
    text = 'INSERT INTO even SELECT unnest($1::integer[]) RETURNING n',
  ) => {
    await ona.query('CREATE TABLE even (n integer UNIQUE CHECK (n % 2 = 0))');
    let tried: unknown;
    await execute(
      sql('BEGIN') as never,
      (async (state: object) => {
        const how = { text, values: (rows: readonly number[]) => [rows] };
        tried = await tryToWrite(sql as never, state as never, how, numbers);
        return state;
      }) as never,
      sql('COMMIT') as never,
    )({ configuration: ona.credentials as never });
    const { rows } = await ona.query('SELECT n FROM even ORDER BY n');
    return { tried, held: rows.map(({ n }) => n) };
  };

  test('are written together where all are taken', async () => {
    const { tried, held } = await write([2, 4]);
    expect(tried).toEqual({ returned: [{ n: 2 }, { n: 4 }], bad: null });
    expect(held).toEqual([2, 4]);
  });

  test('are named, and none of the others is written yet', async () => {
    const { tried, held } = await write([2, 3, 4, 6, 8, 9]);
    expect(tried).toEqual({ returned: null, bad: [3, 9] });
    expect(held).toEqual([]);
  });

  test('are found where there is but one', async () => {
    expect((await write([3])).tried).toEqual({ returned: null, bad: [3] });
  });

  test('that do not go together are split: the later half waits', async () => {
    expect((await write([2, 4, 6, 2])).tried).toEqual({ returned: null, bad: [6, 2] });
  });

  test('are not looked for where the error is of another kind', async () => {
    await expect(write([2], 'INSERT INTO no_such_table VALUES ($1)')).rejects.toMatchObject({
      code: '42P01',
    });
  });
});
