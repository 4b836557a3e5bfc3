import { describe, expect, test } from 'vitest';
import { settled } from '../../../jobs/asking/settled.ts';
import type { Page } from '../../../jobs/record.ts';
import { createdAt, putChild } from '../../support/children.ts';
import { idOf } from '../message/messages.ts';
import { askerOf, emptyPrimero, scripted } from './asker.ts';

/** A page with these children. */
const page = (numbers: number[], total: number, fields: Partial<Page> = {}): Page => ({
  records: numbers.map((number) => ({ id: idOf(number) })),
  total,
  per: 4,
  page: 1,
  ...fields,
});

const QUERY = { age: '0..17', per: 4, page: 1 };

describe('A page', () => {
  test.each<[name: string, pages: Page[], brought: number, ghosts: number, requests: number]>([
    ['that is full is believed at once', [page([1, 2, 3, 4], 9)], 4, 0, 1],
    ['that is the last one, too', [page([9], 9, { page: 3 })], 1, 0, 1],
    ['that is empty is asked for again, by halves', [page([], 0)], 0, 0, 2],
    [
      'that is short twice in the same places has ghosts',
      [page([1, 2, 3], 9), page([1, 2], 9, { per: 2 }), page([3], 9, { per: 2, page: 2 })],
      3,
      1,
      3,
    ],
    [
      'that was cut once is full by halves, and believed',
      [
        page([1, 2], 9),
        page([1, 2], 9, { per: 2 }),
        page([3, 4], 9, { per: 2, page: 2 }),
        page([1, 2, 3, 4], 9),
      ],
      4,
      0,
      3,
    ],
    [
      'that came empty under a full total is believed as it comes then',
      [page([], 9), page([1, 2], 9, { per: 2 }), page([3, 4], 9, { per: 2, page: 2 })],
      4,
      0,
      3,
    ],
    [
      'that is short in another place each time is asked for until two agree',
      [
        page([1, 2, 3], 4),
        page([1, 2], 4, { per: 2 }),
        page([4], 4, { per: 2, page: 2 }),
        page([1, 2, 4], 4),
      ],
      3,
      1,
      4,
    ],
  ])('%s', async (_, pages, brought, ghosts, requests) => {
    const { ask, asked } = scripted(pages);
    const answer = await settled(ask, QUERY);
    expect(answer.records).toHaveLength(brought);
    expect(answer.ghosts).toBe(ghosts);
    expect(asked).toHaveLength(requests);
  });

  test('of which no two readings agree is given up', async () => {
    let total = 9;
    const ask = async () => {
      total += 1;
      return page([1], total);
    };
    await expect(settled(ask, { ...QUERY, created_at: '2026-01-01T00:00:00Z..' })).rejects.toThrow(
      /^PRIMERO_UNSETTLED: Primero's answers for created_at=2026-01-01T00:00:00Z\.\. never held/,
    );
  });

  test.each([1, 2, 3])(
    '%i of an odd size that was cut once leaves nobody out, and brings no one else',
    async (number) => {
      const primero = await emptyPrimero({ family: '2.9' });
      for (let child = 0; child < 12; child += 1) putChild(primero, child);
      primero.store.addGhosts(1, { createdAt: Date.parse(createdAt(13)), age: 9, type: null });
      primero.faults.next({ kind: 'half' });
      const { records, ghosts } = await settled(askerOf(primero), {
        age: '0..17',
        per: 5,
        page: number,
        order_by: 'created_at',
        order: 'asc',
      });
      const last = number === 3;
      expect(records).toHaveLength(last ? 2 : 5);
      expect(ghosts).toBe(last ? 1 : 0);
      expect(records[0]!.id).toBe(idOf((number - 1) * 5));
    },
  );
});
