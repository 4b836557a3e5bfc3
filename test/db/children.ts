import type { TestOna } from '../support/ona.ts';

/** A child of a test: what the views read, with what most of them have in common filled in. */
export type Child = {
  name: string;
  registered?: string | null;
  sex?: string | null;
  age?: number | null;
  placement?: string | null;
  disability?: string | null;
  consent?: string;
  /** Province and district by code; null for a child whose place is not known. */
  place?: [province: string, district: string | null] | null;
  reintegration?: boolean | null;
  under18?: boolean | null;
  services?: (string | null)[];
};

const NAMES: Record<string, string> = { 10: 'Kratie', 1006: 'Chetr Borei', 1: 'Banteay Meanchey' };

/** Puts children into ONA. They live in Chetr Borei, Kratie, and are Female and 9, unless told otherwise. */
export const addChildren = async (ona: TestOna, children: readonly Child[]): Promise<void> => {
  for (const child of children) {
    const { name, registered = '2026-02-14', sex = 'Female', age = 9, services = [] } = child;
    const { placement = 'kinship care', disability = null, consent = 'true' } = child;
    const { place = ['10', '1006'], reintegration = true, under18 = true } = child;
    const [province, district] = place ?? [null, null];
    await ona.query(
      `INSERT INTO cases (case_id, registration_date, sex, age, placement_type, disabled, consent_for_reporting,
         province_current_code, province_current, district_current_code, district_current, in_reintegration, in_under18)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        name,
        registered,
        sex,
        age,
        placement,
        disability,
        consent,
        province,
        NAMES[province ?? ''] ?? null,
        district,
        NAMES[district ?? ''] ?? null,
        reintegration,
        under18,
      ],
    );
    for (const [n, type] of services.entries())
      await ona.query(
        'INSERT INTO services (unique_id, case_id, service_type) VALUES ($1, $2, $3)',
        [`${name}-${n}`, name, type],
      );
  }
};

/** A few columns of a view, summed over all others: text in the order of its columns. */
export const sumsOf = async (
  ona: TestOna,
  view: string,
  columns: readonly string[],
  measure = 'children',
): Promise<unknown[][]> => {
  const list = columns.join(', ');
  const { rows } = await ona.query<Record<string, unknown>>(
    `SELECT ${list}, sum(${measure})::integer AS measure FROM ${view} GROUP BY ${list} ORDER BY ${list}`,
  );
  return rows.map((row) => [...columns.map((column) => row[column]), row.measure]);
};
