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
  /** The day of all its services; none was carried out where there is none. */
  servedOn?: string | null;
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

const toCase = (child: Child) => {
  const {
    name,
    registered = '2026-02-14',
    sex = 'Female',
    age = 9,
    place = ['10', '1006'],
  } = child;
  const { placement = 'kinship care', disability = null, consent = 'true' } = child;
  const [province, district] = place ?? [null, null];
  return {
    case_id: name,
    primero_id: child.isLeftBehind ? null : idOf(name),
    registration_date: registered,
    sex,
    age,
    placement_type: placement,
    disabled: disability,
    consent_for_reporting: consent,
    province_current_code: province,
    province_current: NAMES[province ?? ''] ?? null,
    district_current_code: district,
    district_current: NAMES[district ?? ''] ?? null,
  };
};

const toIndicators = ({ name, reintegration = true, under18 = true, isLeftBehind }: Child) =>
  Object.entries({ reintegration, under18 })
    .filter(([, counting]) => counting !== false && !isLeftBehind)
    .map(([indicator, counting]) => {
      const until = counting === true || counting === false ? null : counting.until;
      return { primero_id: idOf(name), indicator, since: SINCE, until };
    });

const toServices = ({ name, services = [], servedOn = null, isLeftBehind }: Child) =>
  services.map((service_type, n) => ({
    unique_id: `${name}-${n}`,
    case_id: name,
    service_type,
    service_date: servedOn,
    primero_id: isLeftBehind ? null : idOf(name),
  }));

const insert = async (ona: TestOna, table: string, rows: readonly object[]) => {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  if (columns === '') return;
  await ona.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
    [JSON.stringify(rows)],
  );
};

/** Puts children into ONA. They live in Chetr Borei, Kratie, are Female and 9, and count, unless told otherwise. */
export const addChildren = async (ona: TestOna, children: readonly Child[]): Promise<void> => {
  await insert(ona, 'cases', children.map(toCase));
  await insert(ona, 'case_indicators', children.flatMap(toIndicators));
  await insert(ona, 'services', children.flatMap(toServices));
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
