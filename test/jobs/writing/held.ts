import { CASE_COLUMNS, IDENTITY_COLUMNS, SERVICE_COLUMNS } from '../../../jobs/mapping/columns.ts';
import type { CaseRecord } from '../../../jobs/record.ts';
import { toArray, toArrays } from '../../../jobs/writing/arrays.ts';
import WRITE_CASES from '../../../jobs/writing/write-cases.sql';
import WRITE_SERVICES from '../../../jobs/writing/write-services.sql';
import type { TestOna } from '../../support/ona.ts';
import { mapped, record } from '../mapping/mapped.ts';
import { idOf } from '../message/messages.ts';

type Ona = Pick<TestOna, 'query'>;

export const SYNC = '20261001T000000Z-k3v9';
export const BEGAN = '2026-10-01T00:00:00Z';

/** The record of a child by number, with a case_id and a service of its own. */
export const recordOf = (number: number, fields: object = {}): CaseRecord =>
  record({
    id: idOf(number),
    case_id_display: `case-${number}`,
    services_section: [{ unique_id: `service-${number}`, service_type: 'x' }],
    ...fields,
  });

/** Children as a batch has them. */
export const children = (...records: CaseRecord[]) => records.map((each) => mapped(each));

/** Runs a statement of jobs/writing in UTC, as the jobs do. */
export const run = async <Row extends object = Record<string, unknown>>(
  ona: Ona,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> => (await ona.query<Row & Record<string, unknown>>(text, values)).rows;

/** Parameters of write-cases.sql for some children, and for some that are rejects. */
export const caseValues = (
  all: ReturnType<typeof children>,
  { syncId = SYNC, began = BEGAN } = {},
  rejects: ReturnType<typeof children> = [],
): unknown[] => {
  const counting = [...all, ...rejects].flatMap(({ id, indicators }) =>
    indicators.map((indicator) => ({ id, indicator })),
  );
  const rows = all.map(({ row }) => row!);
  return [
    syncId,
    began,
    ...toArrays([{ name: 'id' }, { name: 'indicator' }], counting),
    toArray(rejects.map(({ id }) => id)),
    ...toArrays(IDENTITY_COLUMNS, rows),
    ...toArrays(CASE_COLUMNS, rows),
  ];
};

/** Writes children by write-cases.sql; says what became of each, by number. */
export const writeCases = async (
  ona: Ona,
  all: ReturnType<typeof children>,
  sync: { syncId?: string; began?: string } = {},
  rejects: ReturnType<typeof children> = [],
): Promise<Record<number, string>> => {
  const values = caseValues(all, sync, rejects);
  const written = await run<{ primero_id: string; outcome: string }>(ona, WRITE_CASES, values);
  return Object.fromEntries(
    written.map(({ primero_id, outcome }) => [Number(primero_id.slice(-12)), outcome]),
  );
};

/** Parameters of write-services.sql for some children; `kept` are services that could not be loaded. */
export const serviceValues = (
  all: ReturnType<typeof children>,
  kept: { child: string; unique_id: string }[] = [],
) => {
  const rows = all.flatMap(({ id, row, services }) =>
    services.map((each) => ({ ...each.row, primero_id: id, case_id: row!.case_id! })),
  );
  return {
    owners: rows.map(({ primero_id }) => primero_id),
    services: rows.map((row) => (row as { unique_id?: unknown }).unique_id),
    values: [
      all.map(({ id }) => id),
      ...toArrays([{ name: 'child' }, { name: 'unique_id' }], kept),
      ...toArrays([{ name: 'primero_id' }, { name: 'case_id' }, ...SERVICE_COLUMNS], rows),
    ],
  };
};

/** Writes the services of children by write-services.sql. */
export const writeServices = async (
  ona: Ona,
  all: ReturnType<typeof children>,
  kept: { child: string; unique_id: string }[] = [],
) => {
  const { values } = serviceValues(all, kept);
  type Row = { held: number; removed: number; written: number };
  const [result] = await run<Row>(ona, WRITE_SERVICES, values);
  const { held, removed, written } = result!;
  return { held, removed, written };
};

/** Fills ONA with children, as an earlier sync left them. */
export const hold = async (ona: Ona, ...records: CaseRecord[]): Promise<void> => {
  const all = children(...records);
  await writeCases(ona, all, { syncId: 'earlier', began: '2026-07-01T00:00:00Z' });
  await writeServices(ona, all);
};

const insert = async (ona: Ona, table: string, row: Record<string, unknown>): Promise<void> => {
  const places = Object.keys(row).map((_, n) => `$${n + 1}`);
  await ona.query(
    `INSERT INTO ${table} (${Object.keys(row)}) VALUES (${places})`,
    Object.values(row),
  );
};

/** Notes a sync. */
export const note = (ona: Ona, fields: Record<string, unknown> = {}): Promise<void> =>
  insert(ona, 'syncs', {
    sync_id: SYNC,
    kind: 'census',
    created_from: '1900-01-01T00:00:00Z',
    held_before: 100,
    first_totals: '{}',
    ...fields,
  });

/** Notes findings of a sync: open ones where a finding is null. */
export const find = async (
  ona: Ona,
  findings: { number: number; finding?: string | null; [column: string]: unknown }[],
): Promise<void> => {
  for (const { number, ...fields } of findings)
    await insert(ona, 'sync_findings', {
      ...{ sync_id: SYNC, primero_id: idOf(number), part: 1 },
      ...fields,
    });
};
