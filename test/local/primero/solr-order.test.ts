import { expect, test } from 'vitest';
import type { Family } from '../../../local/primero/index.ts';
import { cases, ids, NOW, sandbox } from './sandbox.ts';

/** 40 cases in one second, each in its own millisecond, by both times. */
const inOneSecond = async (family: Family) => {
  const primero = await sandbox({ family, cases: 0 });
  for (let n = 0; n < 40; n++) {
    const index = primero.store.create({ at: NOW + n });
    primero.store.setCreatedAt(index, NOW + n, NOW + n);
  }
  return primero;
};

const expected = (order: string) => {
  const times = Array.from({ length: 40 }, (_, n) => new Date(NOW + n).toISOString());
  return order === 'asc' ? times : times.reverse();
};

for (const order_by of ['created_at', 'last_updated_at'])
  for (const order of ['asc', 'desc']) {
    const query = { order_by, order, per: 100, fields: 'created_at' };

    test(`Solr knows no order within a second, and gives another each time: ${order_by} ${order}`, async () => {
      const primero = await inOneSecond('2.9');
      const [first, second] = [await cases(primero, query), await cases(primero, query)];
      const times = first.data.map((record) => record[order_by]);
      expect(times).not.toEqual(expected(order));
      expect([...times].sort()).toEqual(expected('asc'));
      expect(ids(second.data)).not.toEqual(ids(first.data));
    });

    test.each(['2.12', '2.14'] as const)(
      `%s orders by the millisecond: ${order_by} ${order}`,
      async (family) => {
        const { data } = await cases(await inOneSecond(family), query);
        expect(data.map((record) => record[order_by])).toEqual(expected(order));
      },
    );
  }

test('pages of one second bring some cases twice and others never', async () => {
  const primero = await inOneSecond('2.9');
  const seen = new Set<string>();
  for (let page = 1; page <= 4; page++)
    for (const id of ids((await cases(primero, { per: 10, page, order: 'asc' })).data))
      seen.add(id);
  expect(seen.size).toBeLessThan(40);
});
