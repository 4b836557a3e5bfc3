import { expect } from 'vitest';
import type { TestOna } from '../support/ona.ts';
import { type Counts, type recount, rounded } from './recount.ts';

type Recount = ReturnType<typeof recount>;

/** Columns of the detailed views that a recount knows. */
export const DETAILS =
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

/** Compares each count of each detailed view with a recount. */
export const expectDetails = async (ona: TestOna, counts: Recount): Promise<void> => {
  for (const [view, column, counted] of [
    ['indicator_4_8', 'children', counts.children48],
    ['indicator_4_8', 'reintegration_cases', counts.all48],
    ['indicator_4_8', 'left_out_18_or_older', counts.age48],
    ['indicator_4_8', 'left_out_without_consent', counts.consent48],
    ['indicator_4_8', 'left_out_by_placement', counts.placement48],
    ['indicator_4_11a', 'children', counts.children411a],
    ['indicator_4_11a', 'children_with_service', counts.withService411a],
    ['indicator_4_11a', 'left_out_without_consent', counts.consent411a],
    ['indicator_4_11a_served', 'children', counts.served411a],
    ['indicator_4_11a_served', 'left_out_without_consent', counts.consentServed411a],
  ] as const)
    expect(await read(ona, view, DETAILS, column), `${view}.${column}`).toEqual(counted);
  const services = await read(ona, 'indicator_4_11a_services', `${DETAILS}, service_type`);
  expect(services).toEqual(counts.services);
};

/** Compares each count of each summary with a recount, rounded by itself. */
export const expectSummaries = async (ona: TestOna, counts: Recount): Promise<void> => {
  for (const [view, counted] of [
    ['indicator_4_8_summary', counts.quarters48],
    ['indicator_4_11a_summary', counts.quarters411a],
    ['indicator_4_11a_served_summary', counts.quartersServed411a],
  ] as const) {
    const { rows } = await ona.query<Record<string, unknown>>(
      `SELECT quarter, province_code, children, children_shown FROM ${view}`,
    );
    const shown = rows.map(({ children, children_shown, ...cell }) => [
      JSON.stringify(Object.values(cell)),
      [children, children_shown],
    ]);
    const safe = [...counted].map(([cell, count]) => {
      const text = rounded(count);
      return [cell, [text === '<5' ? null : Number(text), text]];
    });
    expect(shown.sort(), view).toEqual(safe.sort());
  }
};
