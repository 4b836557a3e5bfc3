import { describe, expect, test } from 'vitest';
import { type Family, SmallPrimero } from './small-primero.ts';
import { ask, at, begin, EACH, numbers, page, readTo, START } from './steps.ts';

describe('The budget', () => {
  const spread = (count: number, second: (number: number) => number): string =>
    Array.from({ length: count }, (_, number) => `${number}@${second(number)}`).join(' ');

  test('ends a reading at the border of a second, and gives back what lies beyond', () => {
    const reading = ask(
      begin(6, 3 * EACH),
      page(
        spread(6, (n) => Math.floor(n / 2)),
        9,
        6,
      ),
    );
    // The second of numbers 2 and 3 does not fit whole.
    expect(reading).toMatchObject({ coveredTo: at(1), remaining: 7, isDone: true });
    expect(numbers(reading)).toEqual([0, 1]);
  });

  test('gives back the records of the last second, which may not be whole', () => {
    const reading = ask(
      begin(4, 5 * EACH),
      page(
        spread(4, (n) => Math.floor(n / 2)),
        9,
        4,
      ),
    );
    expect(reading).toMatchObject({ coveredTo: at(1), remaining: 7, isDone: true });
    expect(numbers(reading)).toEqual([0, 1]);
  });

  test('ends a reading whose next page would not fit', () => {
    expect(
      ask(
        begin(3, 6 * EACH - 1),
        page(
          spread(3, (n) => n),
          9,
        ),
      ).isDone,
    ).toBe(true);
    expect(
      ask(
        begin(3, 6 * EACH),
        page(
          spread(3, (n) => n),
          9,
        ),
      ).isDone,
    ).toBe(false);
  });

  test('gives back what does not fit of a page that holds all', () => {
    const reading = ask(
      begin(6, 3 * EACH),
      page(
        spread(6, (n) => Math.floor(n / 2)),
        6,
        6,
      ),
    );
    expect(reading).toMatchObject({ coveredTo: at(1), remaining: 4, isDone: true });
    expect(numbers(reading)).toEqual([0, 1]);
  });

  test('counts a record once, however often it comes', () => {
    const reading = ask(begin(), page('1@0 2@2 3@4', 5), page('3@4 1@5 4@6', 4));
    expect(numbers(reading)).toEqual([2, 3, 1, 4]);
    expect(reading.bytes).toBe(4 * EACH);
  });

  test('leaves whole what just fits', () => {
    const reading = ask(
      begin(6, 6 * EACH),
      page(
        spread(6, (n) => n),
        6,
        6,
      ),
    );
    expect(reading).toMatchObject({ coveredTo: at(10), remaining: 0, isDone: true });
  });

  test.each<Family>(['milliseconds', 'seconds'])(
    'is exceeded by a single second only, %s',
    (family) => {
      const times = [...Array(20).fill(START), START + 2000, START + 2000, START + 3000];
      const reading = readTo(begin(4, 5 * EACH), new SmallPrimero(times, family));
      expect(numbers(reading).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => n),
      );
      expect(reading).toMatchObject({ coveredTo: at(1), isDone: true });
    },
  );

  test('leaves a second that is too large to the next batch, where something comes before it', () => {
    const times = [START, ...Array(20).fill(START + 2000)];
    const reading = readTo(begin(4, 5 * EACH), new SmallPrimero(times, 'seconds'));
    expect(numbers(reading)).toEqual([0]);
    expect(reading).toMatchObject({ coveredTo: at(2), isDone: true });
  });
});
