import { describe, expect, test } from 'vitest';
import {
  caseAddress,
  idsQuery,
  placeQuery,
  rangeQuery,
  totalQuery,
  windowTotalQuery,
} from '../../../jobs/asking/question.ts';
import { INDICATORS } from '../../../jobs/indicators.ts';
import { FIELDS } from '../../../jobs/mapping/fields.ts';
import { createdAt, putChild, REINTEGRATION } from '../../support/children.ts';
import { testPrimero } from '../../support/primero.ts';
import { idOf } from '../message/messages.ts';
import { askerOf } from './asker.ts';

const [under18, reintegration] = INDICATORS as [(typeof INDICATORS)[0], (typeof INDICATORS)[0]];
const RANGE = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
const fields = FIELDS.join(',');

describe('A question', () => {
  test('for a window has its bounds, its filters, the order, and the mapped fields alone', () => {
    expect(rangeQuery(under18, RANGE)).toEqual({
      created_at: '2026-01-01T00:00:00Z..2026-01-02T00:00:00Z',
      age: '0..17',
      record_state: true,
      order_by: 'created_at',
      order: 'asc',
      page: 1,
      fields,
    });
    expect(rangeQuery(reintegration, RANGE)).toMatchObject({
      type_of_case: REINTEGRATION,
      record_state: true,
    });
  });

  test('for the last window is open at its end', () => {
    const { created_at } = rangeQuery(under18, { ...RANGE, to: null });
    expect(created_at).toBe('2026-01-01T00:00:00Z..');
  });

  test('for changes only says since when', () => {
    const { last_updated_at } = rangeQuery(under18, RANGE, '2026-03-01T00:00:00Z');
    expect(last_updated_at).toBe('2026-03-01T00:00:00Z..');
  });

  test('for ids has no other filter, and room for all of them', () => {
    expect(idsQuery([idOf(1), idOf(2)])).toEqual({
      id: `${idOf(1)},${idOf(2)}`,
      per: 2,
      page: 1,
      fields,
    });
  });

  test('for one child is its address, and asks for the mapped fields alone', () => {
    expect(caseAddress(idOf(1))).toEqual({ path: `cases/${idOf(1)}`, query: { fields } });
  });
});

describe.each(['2.9', '2.12', '2.14'] as const)('Primero %s counts', (family) => {
  const start = async () => {
    const primero = await testPrimero({ family });
    for (let number = 0; number < 6; number += 1) putChild(primero, number);
    putChild(primero, 6, { created_at: undefined });
    putChild(primero, 7, { age: 30 });
    putChild(primero, 8, { record_state: false });
    return askerOf(primero);
  };

  test('all children of an indicator, and those with a time of creation', async () => {
    const ask = await start();
    expect((await ask(totalQuery(under18, 'all'))).total).toBe(7);
    expect((await ask(totalQuery(under18, 'dated'))).total).toBe(6);
  });

  test('those of a window, without who was created as it ends', async () => {
    const ask = await start();
    const second = (number: number) => createdAt(number).replace('.000', '');
    const count = async (from: number, to: number | null) => {
      const range = { from: second(from), to: to === null ? null : second(to) };
      return (await ask(windowTotalQuery(under18, range))).total;
    };
    expect([await count(0, 3), await count(3, 5), await count(5, null)]).toEqual([3, 2, 1]);
  });

  test('to a place in the order of creation', async () => {
    const ask = await start();
    const { records } = await ask(placeQuery(under18, 3));
    expect(records.map(({ created_at }) => created_at)).toEqual([createdAt(2)]);
  });
});
