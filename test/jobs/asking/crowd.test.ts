import { describe, expect, test } from 'vitest';
import { readCrowd } from '../../../jobs/asking/crowd.ts';
import { tooMany } from '../../../jobs/asking/passes.ts';
import type { Page } from '../../../jobs/record.ts';
import { createdAt, putChild, REINTEGRATION } from '../../support/children.ts';
import { testPrimero } from '../../support/primero.ts';
import { idOf } from '../message/messages.ts';
import { askerOf, scripted } from './asker.ts';

const SECOND = '2026-01-01T00:00:00Z';
const asked = { from: SECOND, per: 4, most: 1000 };

const page = (numbers: number[], total: number, number: number): Page => ({
  records: numbers.map((each) => ({
    id: idOf(each),
    enabled: true,
    age: 9,
    type_of_case: REINTEGRATION,
    created_at: createdAt(0),
  })),
  total,
  per: 4,
  page: number,
});

/** The pages of one pass. */
const pass = (total: number, ...pages: number[][]): Page[] =>
  pages.map((numbers, index) => page(numbers, total, index + 1));

const WHOLE = pass(6, [1, 2, 3, 4], [5, 6]);

describe('A crowded second', () => {
  test.each<[name: string, first: Page[], children: number, ghosts: number]>([
    ['whose pages have all of it is read in one pass', WHOLE, 6, 0],
    [
      'whose pages overlap is read until all were seen',
      [...pass(6, [1, 2, 3, 4], [4, 6]), ...pass(6, [5, 2, 3, 4], [1, 6])],
      6,
      0,
    ],
    [
      'that is short in a whole pass, twice, has ghosts',
      [...pass(7, [1, 2, 3, 4], [5, 6]), ...pass(7, [1, 2, 3, 4], [5, 6])],
      6,
      1,
    ],
    ['of which an answer was cut is read again', [...pass(6, [1, 2], [5, 6]), ...WHOLE], 6, 0],
    [
      'whose total has changed is read anew: who is gone is not in it',
      [...pass(6, [1, 2, 3, 9]), page([5, 6], 5, 2), ...pass(5, [1, 2, 3, 5], [6])],
      5,
      0,
    ],
  ])('%s', async (_, first, children, ghosts) => {
    const { ask, asked: questions } = scripted([...first, ...WHOLE]);
    const window = await readCrowd(ask, asked);
    const own = window.children.filter(({ broughtBy }) => broughtBy.includes('under18'));
    expect(own).toHaveLength(children);
    expect(window.ghosts).toEqual({ under18: ghosts, reintegration: 0 });
    expect(window).toMatchObject({ from: SECOND, to: '2026-01-01T00:00:01Z' });
    expect(questions).toHaveLength(first.length + 2);
    expect(questions[0]).toMatchObject({ created_at: `${SECOND}..2026-01-01T00:00:01Z`, per: 4 });
  });

  test('that never stands still is given up', async () => {
    let total = 6;
    const ask = async () => {
      total += 1;
      return page([1, 2, 3, 4], total, 1);
    };
    await expect(readCrowd(ask, asked)).rejects.toThrow(
      `PRIMERO_UNSETTLED: The cases created at ${SECOND} could not all be read in 50 passes.`,
    );
  });

  test('with more than a batch can hold is named, with how many they are', async () => {
    const { ask, asked: questions } = scripted(pass(1001, [1, 2, 3, 4]));
    await expect(readCrowd(ask, asked)).rejects.toThrow(tooMany(SECOND, 1001));
    expect(questions).toHaveLength(1);
  });

  test.each(['2.9', '2.12', '2.14'] as const)(
    'of Primero %s is read whole, for both indicators',
    async (family) => {
      const primero = await testPrimero({ family });
      for (let number = 0; number < 90; number += 1)
        putChild(primero, number, {
          created_at: createdAt(0),
          ...(number % 3 === 0 && { type_of_case: REINTEGRATION }),
        });
      putChild(primero, 100);
      const { children } = await readCrowd(askerOf(primero), { ...asked, per: 20 });
      expect(children).toHaveLength(90);
      expect(children.filter(({ broughtBy }) => broughtBy.length === 2)).toHaveLength(30);
    },
  );
});
