import { expect, test } from 'vitest';
import { describeBoth } from '../support/ona.ts';
import { addChildren } from './children.ts';
import { drawnChildren } from './drawn-children.ts';
import { type Counts, recount, recountFigures, rounded } from './recount.ts';
import { DETAILS, expectDetails, expectSummaries } from './recounted-views.ts';

const sum = (counts: Counts) => [...counts.values()].reduce((total, each) => total + each, 0);

describeBoth('the views over 5,000 children', (ona) => {
  test('equal a recount of them in every cell', async () => {
    const children = drawnChildren(5000, 4811);
    await addChildren(ona, children);
    const counts = recount(children);
    expect(sum(counts.children48)).toBeGreaterThan(400);
    expect(sum(counts.services)).toBeGreaterThan(sum(counts.withService411a));

    await expectDetails(ona, counts);
  });

  test('equal a recount in the summaries, each count rounded by itself', async () => {
    const children = drawnChildren(5000, 4811);
    await addChildren(ona, children);
    const counts = recount(children);
    expect([...counts.quarters48.values()].map(rounded)).toContain('<5');
    await expectSummaries(ona, counts);
  });

  test('equal a recount in every figure that is kept', async () => {
    const children = drawnChildren(5000, 4811);
    await addChildren(ona, children);
    const { rows } = await ona.query(
      'SELECT indicator, measure, cut, period, key1, key2, children::integer FROM figures_now',
    );
    const figures = recountFigures(children);
    expect(figures.length).toBeGreaterThan(500);
    const inOrder = (all: object[]) => all.map((each) => JSON.stringify(each)).sort();
    expect(inOrder(rows)).toEqual(inOrder(figures));
  });

  test('add up to the indicator by whatever column they are divided', async () => {
    const children = drawnChildren(1000, 4811);
    await addChildren(ona, children);
    const counts = recount(children);
    const columns = [
      ...DETAILS.split(', '),
      'province_en',
      'district_en',
      'sex_km',
      'age_group_en',
    ];
    for (const [view, measure, all] of [
      ['indicator_4_8', 'reintegration_cases', counts.all48],
      ['indicator_4_11a', 'children', counts.children411a],
    ] as const)
      for (const column of columns) {
        const { rows } = await ona.query<{ part: number }>(
          `SELECT sum(${measure})::integer AS part FROM ${view} GROUP BY ${column}`,
        );
        const total = rows.reduce((all, { part }) => all + part, 0);
        expect(total, `${view} by ${column}`).toBe(sum(all));
      }
  });
});
