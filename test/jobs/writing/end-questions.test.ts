import { beforeEach, expect, test } from 'vitest';
import type { EndQuestions } from '../../../jobs/message/next.ts';
import END_QUESTIONS from '../../../jobs/writing/end-questions.sql';
import { createdAt } from '../../support/children.ts';
import { describeBoth } from '../../support/ona.ts';
import { idOf } from '../message/messages.ts';
import { find, hold, note, recordOf, run, SYNC } from './held.ts';

const START = '1900-01-01T00:00:00Z';
const second = (number: number) => createdAt(number).replace('.000', '');

describeBoth('end-questions.sql', (ona) => {
  beforeEach(() => note(ona, { parts: 2 }));

  const ask = async (part = 1, { ids = 500, windows = 100 } = {}): Promise<EndQuestions> => {
    const [found] = await run<EndQuestions>(ona, END_QUESTIONS, [SYNC, part, ids, windows, 5]);
    return found!;
  };
  const window = (from: string, to: string | null, fields: Record<string, unknown> = {}) => {
    const { counts = {}, recounted = false, differs = false } = fields;
    return ona.query('INSERT INTO sync_windows VALUES ($1, $2, $3, $4, $5, $6)', [
      SYNC,
      from,
      to,
      JSON.stringify(counts),
      recounted,
      differs,
    ]);
  };
  const batch = (part: number, number: number, next: object[], all = { read: 0, inSeveral: 0 }) =>
    ona.query('INSERT INTO sync_batches VALUES ($1, $2, $3, $4, $5)', [
      SYNC,
      part,
      number,
      JSON.stringify(next),
      JSON.stringify({ all }),
    ]);
  const reject = (number: number, scope: string, wanted: string | null) =>
    ona.query(
      `INSERT INTO sync_rejects (primero_id, scope, field, reason, wanted, indicators, sync_id)
       VALUES ($1, $2, $3, 'x', $4, '{}', $5)`,
      [idOf(number), scope, scope, wanted, SYNC],
    );

  test('knows whether another part goes on, by its latest batch', async () => {
    await batch(1, 1, [{}, {}]);
    expect((await ask(1)).others_ended).toBe(false);
    await batch(2, 2, [{}]);
    await batch(2, 3, []);
    expect((await ask(1)).others_ended).toBe(true);
    expect((await ask(2)).others_ended).toBe(false);
    await batch(2, 4, [{}]);
    expect((await ask(1)).others_ended).toBe(false);
  });

  test.each<[name: string, windows: [string, string | null][], isCovered: boolean | null]>([
    ['by none', [], null],
    ['by one', [[START, null]], true],
    [
      'by several that follow each other',
      [
        [START, second(1)],
        [second(1), second(2)],
        [second(2), null],
      ],
      true,
    ],
    [
      'not where one is missing',
      [
        [START, second(1)],
        [second(2), null],
      ],
      false,
    ],
    ['not where the first is missing', [[second(1), null]], false],
    ['not where the last is missing', [[START, second(1)]], false],
    [
      'not where two overlap',
      [
        [START, second(2)],
        [second(1), null],
      ],
      false,
    ],
  ])('knows whether all of creation time is covered: %s', async (_, windows, isCovered) => {
    for (const [from, to] of windows) await window(from, to);
    expect((await ask()).is_covered).toBe(isCovered);
  });

  test('adds up what was read and its ghosts, by indicator', async () => {
    await window(START, second(1), { counts: { under18: [5, 1], reintegration: [2, 0] } });
    await window(second(1), null, { counts: { under18: [3, 0], reintegration: [0, 0] } });
    expect((await ask()).read).toEqual({ under18: 9, reintegration: 2 });
  });

  test('names windows that differ, and those that were not counted again', async () => {
    await window(START, second(1), { recounted: true });
    await window(second(1), second(2), { recounted: true, differs: true });
    await window(second(2), second(3));
    await window(second(3), second(4));
    await window(second(4), null);
    const { differing, uncounted, uncounted_to } = await ask(1, { windows: 2 });
    const ms = (time: string | null) => Date.parse(time!);
    expect([ms(differing!.from), ms(differing!.to)]).toEqual([ms(second(1)), ms(second(2))]);
    expect(uncounted.map(ms)).toEqual([ms(second(2)), ms(second(3))]);
    expect(ms(uncounted_to)).toBe(ms(second(4)));
  });

  test('names whom to ask about once more before they are removed', async () => {
    await find(ona, [
      { number: 2, finding: 'deleted' },
      { number: 1, finding: 'disabled' },
      { number: 3, finding: 'disabled', confirmed: true },
      { number: 4, finding: 'left' },
      { number: 5 },
    ]);
    expect((await ask()).unconfirmed).toEqual([idOf(1), idOf(2)]);
    expect((await ask(1, { ids: 1 })).unconfirmed).toEqual([idOf(1)]);
  });

  test('names who waits for an id, who has it, and whether that one goes', async () => {
    await hold(ona, recordOf(1), recordOf(2));
    await find(ona, [
      { number: 2, finding: 'disabled' },
      { number: 14, asked: 5, finding: 'counts' },
      { number: 15, asked: 1, finding: 'deleted' },
    ]);
    await reject(10, 'case', 'case-1');
    await reject(11, 'case', 'case-2');
    await reject(12, 'service', 'service-2');
    await reject(13, 'case', 'nobody has it');
    // Asked often enough; about to be removed itself; not in want of any id.
    await reject(14, 'case', 'case-1');
    await reject(15, 'case', 'case-1');
    await reject(16, 'case', null);
    const { rejects } = await ask();
    expect(rejects.sort((a, b) => (a.child < b.child ? -1 : 1))).toEqual([
      { child: idOf(10), scope: 'case', holder: idOf(1), isGoing: false },
      { child: idOf(11), scope: 'case', holder: idOf(2), isGoing: true },
      { child: idOf(12), scope: 'service', holder: idOf(2), isGoing: true },
      { child: idOf(13), scope: 'case', holder: null, isGoing: false },
    ]);
  });

  test('counts rejected records and children that were read', async () => {
    await reject(1, 'case', null);
    await reject(2, 'service', null);
    await batch(1, 2, [{}], { read: 100, inSeveral: 20 });
    await batch(2, 2, [], { read: 50, inSeveral: 0 });
    expect(await ask()).toMatchObject({ rejected: 1, children: 130 });
  });
});
