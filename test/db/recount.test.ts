import { expect, test } from 'vitest';
import { describeBoth, type TestOna } from '../support/ona.ts';
import { addChildren } from './children.ts';
import { drawnChildren } from './drawn-children.ts';
import { type Counts, recount, recountFigures, rounded } from './recount.ts';

const DETAILS =
  'quarter, province_code, district_code, sex, age_group, placement_type, disability, consent';

/** Counts of a view, with a check that no cell is there twice. */
const read = async (
  ona: TestOna,
  view: string,
  columns: string,
  measure = 'children',
): Promise<Counts> => {
  const { rows } = await ona.query<Record<string, unknown>>(
    `SELECT ${columns}, ${measure}::integer AS measure FROM ${view}`,
  );
  const counts: Counts = new Map();
  for (const { measure: count, ...cell } of rows) {
    const key = JSON.stringify(Object.values(cell));
    expect(counts.has(key), `${view} ${key}`).toBe(false);
    counts.set(key, count as number);
  }
  return counts;
};

const sum = (counts: Counts) => [...counts.values()].reduce((total, each) => total + each, 0);

describeBoth('the views over 5,000 children', (ona) => {
  test('equal a recount of them in every cell', async () => {
    const children = drawnChildren(5000, 4811);
    await addChildren(ona, children);
    const counts = recount(children);
    expect(sum(counts.children48)).toBeGreaterThan(400);
    expect(sum(counts.services)).toBeGreaterThan(sum(counts.withService411a));

    const of = (view: string, measure?: string) => read(ona, view, DETAILS, measure);
    expect(await of('indicator_4_8')).toEqual(counts.children48);
    expect(await of('indicator_4_8', 'reintegration_cases')).toEqual(counts.all48);
    expect(await of('indicator_4_11a')).toEqual(counts.children411a);
    expect(await of('indicator_4_11a', 'children_with_service')).toEqual(counts.withService411a);
    expect(await of('indicator_4_11a_served')).toEqual(counts.served411a);
    const services = await read(ona, 'indicator_4_11a_services', `${DETAILS}, service_type`);
    expect(services).toEqual(counts.services);
  });

  test('equal a recount in the summaries, each count rounded by itself', async () => {
    const children = drawnChildren(5000, 4811);
    await addChildren(ona, children);
    const counts = recount(children);
    const shown = async (view: string) => {
      const { rows } = await ona.query<Record<string, unknown>>(
        `SELECT quarter, province_code, children_shown FROM ${view}`,
      );
      return new Map(
        rows.map(({ children_shown, ...cell }) => [
          JSON.stringify(Object.values(cell)),
          children_shown,
        ]),
      );
    };
    const safe = (exact: Counts) =>
      new Map([...exact].map(([cell, count]) => [cell, rounded(count)]));
    expect([...safe(counts.quarters48).values()]).toContain('<5');
    expect(await shown('indicator_4_8_summary')).toEqual(safe(counts.quarters48));
    expect(await shown('indicator_4_11a_summary')).toEqual(safe(counts.quarters411a));
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
