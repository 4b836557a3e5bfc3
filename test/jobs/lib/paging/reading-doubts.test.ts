import { describe, expect, test } from 'vitest';
import { nextQuestion } from '../../../../jobs/lib/paging/reading.ts';
import { everywhereQuery, pageQuery } from '../../../../jobs/lib/requests.ts';
import { PAGE_SIZE } from '../../../../jobs/lib/settings.ts';
import { caseAt, type Family, idOf, SmallPrimero } from './small-primero.ts';
import { ask, at, begin, EACH, NOW, numbers, page, readTo, START } from './steps.ts';

describe('An answer of zero', () => {
  const none = page('', 0);

  test('is not believed: the question is put again', () => {
    const reading = ask(begin(), none);
    expect(reading).toMatchObject({ isDone: false, coveredTo: at(0) });
    expect(nextQuestion(reading)).toEqual(nextQuestion(begin()));
  });

  test('twice is held against a count without a window', () => {
    const reading = ask(begin(), none, none);
    expect(nextQuestion(reading)).toEqual({ query: everywhereQuery('reintegration'), page: 1 });
    expect(reading).toMatchObject({ isDone: false, coveredTo: at(0), everywhere: null });
  });

  test('ends the range where there is nothing without a window either', () => {
    expect(ask(begin(), none, none, page('', 0))).toMatchObject({
      ...{ everywhere: 0, coveredTo: at(10), remaining: 0, isDone: true },
    });
  });

  test('is asked for once more where there is something without a window: then the search works again', () => {
    const reading = ask(begin(), none, none, page('', 7));
    expect(nextQuestion(reading)).toEqual(nextQuestion(begin()));
    expect(ask(reading, none)).toMatchObject({
      ...{ everywhere: 7, coveredTo: at(10), remaining: 0, isDone: true },
    });
    const found = ask(reading, page('1@0 2@2', 2));
    expect(found).toMatchObject({ everywhere: null, isDone: true });
    expect(numbers(found)).toEqual([1, 2]);
  });

  test('is forgotten when cases come after all', () => {
    const reading = ask(begin(), none, page('1@0 2@2 3@4', 5), none);
    expect(nextQuestion(reading)!.query).toEqual(pageQuery('reintegration', at(4), at(9), 3, 1));
  });

  test('after a page is doubted too: all that was left may have moved, or the search has failed', () => {
    const reading = ask(begin(), page('1@0 2@2 3@4', 5), none, none);
    expect(nextQuestion(reading)!.query).toEqual(everywhereQuery('reintegration'));
    expect(numbers(ask(reading, page('', 9), none))).toEqual([1, 2, 3]);
  });
});

describe('A second with more records than a page', () => {
  const hot = ask(begin(), page('1@0 2@0 3@0', 5));

  test('is asked for alone, by page number, with the page size of the message', () => {
    expect(nextQuestion(hot)).toEqual({
      query: pageQuery('reintegration', at(0), at(0), 3, 1),
      page: 1,
    });
    expect(nextQuestion(ask(hot, page('1@0 2@0 3@0', 5)))).toEqual({
      query: pageQuery('reintegration', at(0), at(0), 3, 2),
      page: 2,
    });
  });

  test('keeps its page size, whatever the budget: page numbers mean nothing otherwise', () => {
    const large = ask(begin(PAGE_SIZE, 300 * EACH), page('1@0 2@0 3@0', 5));
    expect(nextQuestion(large)!.query).toMatchObject({ per: PAGE_SIZE, page: 1 });
    const read = ask(large, page('1@0 2@0 3@0', 5));
    expect(nextQuestion(read)!.query).toMatchObject({ per: PAGE_SIZE, page: 2 });
  });

  test('is left to the next batch where something was read before it, whatever the budget', () => {
    const reading = ask(begin(), page('1@0 2@2 3@2', 5), page('2@2 3@2 4@2', 4));
    expect(reading).toMatchObject({ second: null, coveredTo: at(2), remaining: 4, isDone: true });
    expect(numbers(reading)).toEqual([1]);
    const next = begin(3, 1e6, { from: at(2), to: at(9) });
    expect(ask(next, page('2@2 3@2 4@2', 4))).toMatchObject({
      second: { at: at(2) },
      isDone: false,
    });
  });

  test('is covered when all of it has come, and the range goes on after it', () => {
    const reading = ask(hot, page('1@0 2@0 3@0', 5), page('4@0 5@0', 5));
    expect(numbers(reading)).toEqual([1, 2, 3, 4, 5]);
    expect(reading).toMatchObject({ coveredTo: at(1), second: null, isDone: false });
  });

  test('ends the range where it is the last one', () => {
    const start = begin(3, 1e6, { from: at(0), to: at(0) });
    const reading = ask(start, page('1@0 2@0 3@0', 4), page('1@0 2@0 3@0', 4), page('4@0', 4));
    expect(reading).toMatchObject({ coveredTo: at(1), remaining: 0, isDone: true });
  });

  test('that all have left is not covered on its word: the rest of the range is asked for', () => {
    const reading = ask(hot, page('', 0));
    expect(reading).toMatchObject({ second: null, coveredTo: at(0), isDone: false });
    expect(nextQuestion(reading)).toEqual(nextQuestion(begin()));
  });

  test('that seems left by all does not speak for what follows it: zeros of the range are doubted anew', () => {
    const once = ask(hot, page('', 0), page('', 0));
    expect(nextQuestion(once)).toEqual(nextQuestion(begin()));
    expect(nextQuestion(ask(once, page('', 0)))!.query).toEqual(everywhereQuery('reintegration'));
  });

  test('that is empty alone and full within the range, again and again, ends with an error', () => {
    const flip = Array.from({ length: 200 }, () => [page('', 0), page('1@0 2@0 3@0', 5)]).flat();
    expect(() => ask(hot, ...flip)).toThrow(/^PRIMERO_UNSETTLED: The second 2026-07-01T00:00:00Z /);
  });

  test('holds its pages against that second', () => {
    expect(() => ask(hot, page('1@0 2@0 3@1', 5))).toThrow(/^PRIMERO_FILTER_DROPPED: /);
  });

  test('counts a record that has moved on as seen, and leaves it out', () => {
    const moved = caseAt(5, NOW);
    const last = page('4@0', 5);
    const reading = ask(hot, page('1@0 2@0 3@0', 5), {
      ...last,
      records: [...last.records, moved],
    });
    expect(reading).toMatchObject({ second: null, coveredTo: at(1) });
    expect(reading.records.map(({ id }) => id)).not.toContain(idOf(5));
  });

  test.each<Family>(['milliseconds', 'seconds'])(
    'is read whole at its last millisecond, %s',
    (family) => {
      const times = Array.from({ length: 17 }, (_, n) => START + (n % 2) * 999);
      const primero = new SmallPrimero([...times, START + 1000], family, 5);
      const reading = readTo(begin(), primero);
      expect(numbers(reading).sort((a, b) => a - b)).toEqual([...times.keys(), 17]);
      expect(reading).toMatchObject({ coveredTo: at(10), isDone: true });
    },
  );
});
