import { createHash } from 'node:crypto';
import type { TestOna } from '../support/ona.ts';

/** For an indicator: it counts, it never did, or it counted until then. */
export type Counting = boolean | { until: string };

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
  reintegration?: Counting;
  under18?: Counting;
  services?: (string | null)[];
  /** Whether an earlier integration left it: no sync has met it, and it has no id of Primero. */
  isLeftBehind?: boolean;
};

const NAMES: Record<string, string> = { 10: 'Kratie', 1006: 'Chetr Borei', 1: 'Banteay Meanchey' };

const SINCE = '2026-01-01T00:00:00Z';

/** The id in Primero of a child of a test. */
export const idOf = (name: string): string => {
  const hex = createHash('md5').update(name).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

const addCase = (ona: TestOna, child: Child) => {
  const { name, registered = '2026-02-14', sex = 'Female', age = 9, isLeftBehind = false } = child;
  const { placement = 'kinship care', disability = null, consent = 'true' } = child;
  const { place = ['10', '1006'] } = child;
  const [province, district] = place ?? [null, null];
  return ona.query(
    `INSERT INTO cases (case_id, primero_id, registration_date, sex, age, placement_type, disabled,
       consent_for_reporting, province_current_code, province_current, district_current_code, district_current)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[name, isLeftBehind ? null : idOf(name), registered, sex, age, placement, disability],
      ...[consent, province, NAMES[province ?? ''] ?? null],
      ...[district, NAMES[district ?? ''] ?? null],
    ],
  );
};

const addIndicator = async (ona: TestOna, child: Child, indicator: string, counting: Counting) => {
  if (counting === false || child.isLeftBehind) return;
  await ona.query('INSERT INTO case_indicators VALUES ($1, $2, $3, $4)', [
    ...[idOf(child.name), indicator, SINCE],
    counting === true ? null : counting.until,
  ]);
};

/** Puts children into ONA. They live in Chetr Borei, Kratie, are Female and 9, and count, unless told otherwise. */
export const addChildren = async (ona: TestOna, children: readonly Child[]): Promise<void> => {
  for (const child of children) {
    const { name, reintegration = true, under18 = true, services = [], isLeftBehind } = child;
    await addCase(ona, child);
    await addIndicator(ona, child, 'reintegration', reintegration);
    await addIndicator(ona, child, 'under18', under18);
    for (const [n, type] of services.entries())
      await ona.query(
        'INSERT INTO services (unique_id, case_id, service_type, primero_id) VALUES ($1, $2, $3, $4)',
        [`${name}-${n}`, name, type, isLeftBehind ? null : idOf(name)],
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
