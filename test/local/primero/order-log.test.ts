import { expect, test } from 'vitest';
import { OrderLog } from '../../../local/primero/order-log.ts';
import { HOLE } from '../../../local/primero/packed.ts';

const read = (log: OrderLog) => {
  log.sort();
  const found: [number, number][] = [];
  for (let p = 0; p < log.length; p++)
    if (log.packed[p] !== HOLE) found.push([log.index[p]!, log.time[p]!]);
  return found;
};

test('a case that changes moves to the end, and its old place is empty', () => {
  const log = new OrderLog(4);
  for (const index of [0, 1, 2]) log.set(index, index, 1);
  log.set(0, 9, 1);
  expect(read(log)).toEqual([
    [1, 1],
    [2, 2],
    [0, 9],
  ]);
  expect(log.live).toBe(3);
});

test('a time that is not the newest is sorted in', () => {
  const log = new OrderLog(4);
  for (const index of [0, 1, 2]) log.set(index, index * 10, 1);
  log.set(2, 5, 1);
  log.set(3, 7, 1);
  expect(read(log)).toEqual([
    [0, 0],
    [2, 5],
    [3, 7],
    [1, 10],
  ]);
  expect([0, 1, 2, 3].map((index) => log.positionOf(index))).toEqual([0, 3, 1, 2]);
});

test('it holds any number of changes and keeps only the last of each case', () => {
  const log = new OrderLog(2);
  for (let i = 0; i < 10_000; i++) log.set(i % 7, i, 1);
  expect(read(log).map(([, time]) => time)).toEqual([9993, 9994, 9995, 9996, 9997, 9998, 9999]);
  expect(log.index.length).toBeLessThan(200);
});

test('what is removed is gone', () => {
  const log = new OrderLog(2);
  log.set(0, 1, 1);
  log.remove(0);
  log.remove(5);
  expect(read(log)).toEqual([]);
  expect(log.positionOf(0)).toBe(-1);
});

test('times are found by bisection, also over empty places', () => {
  const log = new OrderLog(8);
  for (const index of [0, 1, 2, 3]) log.set(index, index * 10, 1);
  log.set(1, 40, 1);
  expect([-1, 0, 5, 20, 40, 41].map((time) => log.firstAt(time))).toEqual([0, 0, 1, 2, 4, 5]);
});
