import { expect, test } from 'vitest';
import { makeColumns } from '../../../local/primero/columns.ts';
import { CreationOrder } from '../../../local/primero/creation-order.ts';

const make = () => {
  const columns = makeColumns(2);
  const order = new CreationOrder(columns);
  const add = (createdAt: number) => {
    const index = columns.add();
    columns.createdAt[index] = createdAt;
    order.add(index);
  };
  return { columns, order, add };
};

test('cases come in the order of their creation, also those made after it was asked for', () => {
  const { order, add } = make();
  for (const time of [30, 10, 20]) add(time);
  expect([...order.get()]).toEqual([1, 2, 0]);
  for (let time = 40; time < 140; time++) add(time);
  expect([...order.get()].slice(0, 5)).toEqual([1, 2, 0, 3, 4]);
  expect(order.get()).toHaveLength(103);
});

test('a case with an older date, and dates that were changed, are put in their place', () => {
  const { columns, order, add } = make();
  for (const time of [10, 20, 30]) add(time);
  order.get();
  add(15);
  expect([...order.get()]).toEqual([0, 3, 1, 2]);
  columns.createdAt[0] = 99;
  order.reset();
  expect([...order.get()]).toEqual([3, 1, 2, 0]);
});
