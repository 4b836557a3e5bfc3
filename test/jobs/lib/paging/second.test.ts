import { describe, expect, test } from 'vitest';
import { SyncError } from '../../../../jobs/lib/errors.ts';
import {
  receiveSecond,
  type SecondReading,
  startSecond,
} from '../../../../jobs/lib/paging/second.ts';
import { MAX_PASSES } from '../../../../jobs/lib/settings.ts';

const AT = '2026-07-01T00:00:03Z';

/** Reads on from `start`, page after page. A page is written `abc/5`: three ids, and the total with them. */
const readPages = (start: SecondReading, pages: string, per = 2) =>
  pages.split(' ').reduce((reading, page) => {
    const [ids, total] = page.split('/') as [string, string];
    return receiveSecond(reading, [...ids], Number(total), per);
  }, start);

const begun = (pages: string, per = 2) => readPages(startSecond(AT), pages, per);

describe('A second with more records than a page', () => {
  test('begins with its first page, to learn its total', () => {
    expect(startSecond(AT)).toEqual({
      at: AT,
      total: null,
      page: 1,
      seen: new Set(),
      passes: 0,
      isDone: false,
    });
  });

  test('is read from the last page down to the first', () => {
    expect(begun('ab/5').page).toBe(3);
    expect(begun('ab/5 e/5').page).toBe(2);
    expect(begun('ab/5 e/5 cd/5').page).toBe(1);
  });

  test('is done once the distinct ids are as many as the total', () => {
    const reading = begun('ab/5 e/5 cd/5');
    expect(reading).toMatchObject({ isDone: true, total: 5, seen: new Set('abecd') });
  });

  test('is done at its first page where that holds all', () => {
    expect(begun('ab/2')).toMatchObject({ isDone: true, page: 1 });
  });

  test('is not done by ids that come again: ties have no order', () => {
    expect(begun('ab/5 a/5 ab/5')).toMatchObject({ isDone: false });
  });

  test('is read in another pass after the first page', () => {
    const pass = begun('ab/5 a/5 ab/5 cd/5');
    expect(pass).toMatchObject({ page: 3, passes: 1, isDone: false, seen: new Set('abcd') });
    expect(readPages(pass, 'e/5')).toMatchObject({ isDone: true });
  });

  test('is begun anew when its total changes: ids of before may have left', () => {
    const before = begun('ab/5 e/5');
    expect(readPages(before, 'cd/4')).toMatchObject({
      total: 4,
      seen: new Set('cd'),
      page: 2,
      isDone: false,
    });
    expect(readPages(before, 'cd/4 ab/4')).toMatchObject({ isDone: true });
  });

  test('is begun anew at the new last page when its total grows', () => {
    expect(begun('ab/3 cd/7')).toMatchObject({ total: 7, page: 4, isDone: false });
  });

  test('counts pages by what Primero gives, whatever was asked for', () => {
    expect(begun('ab/5001', 1000).page).toBe(6);
    expect(begun('ab/5000', 1000).page).toBe(5);
  });

  const passes = (count: number) => begun(`a/3${' a/3 a/3'.repeat(count)}`);

  test('ends with an error after the last pass that is allowed', () => {
    expect(passes(MAX_PASSES - 1)).toMatchObject({ passes: MAX_PASSES - 1, isDone: false });
    expect(() => passes(MAX_PASSES)).toThrow(
      new SyncError(
        'PRIMERO_UNSETTLED',
        `The second ${AT} could not be read whole in ${MAX_PASSES} passes.`,
      ),
    );
  });

  test('is done where the very last pass brings what was missing', () => {
    expect(readPages(passes(MAX_PASSES - 1), 'b/3 c/3')).toMatchObject({ isDone: true });
  });

  test('ends with an error where its total changes again and again', () => {
    expect(() => begun(`ab/5${' ab/6 ab/5'.repeat(10 * MAX_PASSES)}`)).toThrow(
      /^PRIMERO_UNSETTLED: The second 2026-07-01T00:00:03Z /,
    );
  });
});
