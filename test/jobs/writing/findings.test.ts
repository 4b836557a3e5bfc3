import { beforeEach, describe, expect, test } from 'vitest';
import { checkLimits } from '../../../jobs/writing/findings.ts';
import OPEN_QUESTIONS from '../../../jobs/writing/open-questions.sql';
import REMOVE from '../../../jobs/writing/remove.sql';
import type { WriteState } from '../../../jobs/writing/state.ts';
import TAKE_FINDINGS from '../../../jobs/writing/take-findings.sql';
import { describeBoth } from '../../support/ona.ts';
import { idOf } from '../message/messages.ts';
import { find, hold, note, recordOf, run, SYNC } from './held.ts';

describeBoth('take-findings.sql', (ona) => {
  beforeEach(() => note(ona));

  const take = async (...answers: [number: number, finding: string, indexed?: boolean][]) => {
    const rows = await run<{ primero_id: string }>(ona, TAKE_FINDINGS, [
      SYNC,
      answers.map(([number]) => idOf(number)),
      answers.map(([, finding]) => finding),
      answers.map(([, , indexed = true]) => indexed),
    ]);
    return rows.map(({ primero_id }) => Number(primero_id.slice(-12)));
  };
  const findings = () =>
    run(ona, 'SELECT finding, confirmed, indexed, asked FROM sync_findings ORDER BY primero_id');

  test('writes an answer where the question is open, and nothing where nobody asked', async () => {
    await find(ona, [{ number: 1 }, { number: 2, finding: 'left', asked: 1 }]);
    expect(await take([1, 'disabled'], [2, 'deleted'], [3, 'deleted'])).toEqual([1]);
    expect(await findings()).toEqual([
      { finding: 'disabled', confirmed: false, indexed: true, asked: 1 },
      { finding: 'left', confirmed: false, indexed: true, asked: 1 },
    ]);
  });

  test.each<[first: string, second: string, confirmed: boolean]>([
    ['disabled', 'disabled', true],
    ['disabled', 'deleted', true],
    ['deleted', 'deleted', true],
    ['deleted', 'counts', false],
    ['disabled', 'left', false],
    ['disabled', 'unseen', false],
  ])('confirms what was said twice: %s, then %s', async (first, second, confirmed) => {
    await find(ona, [{ number: 1 }]);
    await take([1, first]);
    expect(await take([1, second])).toEqual([1]);
    expect(await findings()).toEqual([{ finding: second, confirmed, indexed: true, asked: 2 }]);
  });

  test('takes no third answer', async () => {
    await find(ona, [{ number: 1, finding: 'disabled', confirmed: true }]);
    expect(await take([1, 'counts'])).toEqual([]);
  });

  test('one open question more is no second word: it begins anew', async () => {
    await find(ona, [{ number: 1, finding: null, asked: 1 }]);
    await take([1, 'deleted']);
    expect(await findings()).toMatchObject([{ finding: 'deleted', confirmed: false }]);
  });

  test('remembers a child that the search lacked once', async () => {
    await find(ona, [{ number: 1 }]);
    await take([1, 'disabled', false]);
    await take([1, 'disabled', true]);
    expect(await findings()).toMatchObject([{ indexed: false }]);
  });
});

describeBoth('open-questions.sql', (ona) => {
  beforeEach(() => note(ona));

  test('counts what was found in the sync, and names whom to ask about in its part', async () => {
    await note(ona, { sync_id: 'other', state: 'ended' });
    await find(ona, [
      ...[3, 1, 2].map((number) => ({ number })),
      { number: 4, part: 2 },
      { number: 5, finding: 'unseen' },
      { number: 6, finding: 'disabled', indexed: false },
      { number: 7, finding: 'deleted' },
      { number: 8, finding: 'counts', indexed: false },
      { number: 9, finding: 'left' },
      { number: 10, finding: 'deleted', sync_id: 'other' },
    ]);
    expect(await run(ona, OPEN_QUESTIONS, [SYNC, 1, 2])).toEqual([
      { open: [idOf(1), idOf(2)], unseen: 1, unindexed: 2, removals: 2, deleted: 1 },
    ]);
    expect(await run(ona, OPEN_QUESTIONS, [SYNC, 3, 2])).toMatchObject([{ open: [] }]);
  });
});

describeBoth('remove.sql', (ona) => {
  test('removes whom the sync has confirmed, with services, indicators and rejects, and nobody else', async () => {
    await note(ona);
    await hold(ona, ...[1, 2, 3, 4].map((number) => recordOf(number)));
    await ona.query(
      `INSERT INTO sync_rejects (primero_id, scope, field, reason, indicators, sync_id)
       VALUES ($1, 'case', 'sex', 'x', '{}', 'x'), ($2, 'case', 'sex', 'x', '{}', 'x')`,
      [idOf(1), idOf(2)],
    );
    await find(ona, [
      { number: 1, finding: 'deleted', confirmed: true },
      { number: 2, finding: 'deleted' },
      { number: 3, finding: 'unseen' },
    ]);
    expect(await run(ona, REMOVE, [SYNC])).toMatchObject([{ children: 1, services: 1 }]);
    for (const table of ['cases', 'services', 'case_indicators']) {
      const left = await run(ona, `SELECT DISTINCT primero_id FROM ${table} ORDER BY primero_id`);
      expect([table, left.map(({ primero_id }) => primero_id)]).toEqual([
        table,
        [2, 3, 4].map(idOf),
      ]);
    }
    expect(await run(ona, 'SELECT primero_id FROM sync_rejects')).toEqual([
      { primero_id: idOf(2) },
    ]);
  });
});

describe('A sync stops', () => {
  const check = (open: object, sync: object = {}) =>
    checkLimits({
      verdict: { kind: 'write' },
      open: { open: [], unseen: 0, unindexed: 0, removals: 0, deleted: 0, ...open },
      sync: { held_before: 1000, accept_removals: 0, ...sync },
    } as unknown as WriteState).verdict;

  test('where more than 20 are unseen', () => {
    expect(check({ unseen: 20 })).toEqual({ kind: 'write' });
    expect(() => check({ unseen: 21 })).toThrow(
      'PRIMERO_NARROWED: The user in Primero may not see 21 children that ONA holds.',
    );
  });

  test('where the search lacks more than 20', () => {
    expect(check({ unindexed: 20 })).toEqual({ kind: 'write' });
    expect(() => check({ unindexed: 21 })).toThrow(
      "PRIMERO_REINDEXING: Primero's search lacks 21 children that its database has.",
    );
  });

  test.each<[removals: number, sync: object, isRefused: boolean]>([
    [10, { held_before: 20 }, false],
    [11, { held_before: 219 }, true],
    [11, { held_before: 220 }, false],
    [50, {}, false],
    [51, {}, true],
    [51, { accept_removals: 50 }, true],
    [51, { accept_removals: 51 }, false],
  ])('at %i removals of %j: %j', (removals, sync, isRefused) => {
    const verdict = check({ removals, deleted: 3 }, sync);
    expect(verdict.kind).toBe(isRefused ? 'refuse' : 'write');
  });

  test('and says how many would be removed, and why', () => {
    const verdict = check({ removals: 60, deleted: 20 });
    expect(verdict).toMatchObject({
      error: {
        code: 'REMOVALS_REFUSED',
        what: 'At least 60 of 1000 children would be removed (20 deleted, 40 disabled).',
      },
    });
  });
});
