import { countsFor } from '../../jobs/indicators.ts';
import {
  CASE_COLUMNS,
  type Column,
  IDENTITY_COLUMNS,
  SERVICE_COLUMNS,
} from '../../jobs/mapping/columns.ts';
import { type LocationRow, toGazetteer } from '../../jobs/mapping/locations.ts';
import { mapCase } from '../../jobs/mapping/record.ts';
import type { CaseRecord } from '../../jobs/record.ts';
import type { Primero } from '../../local/primero/index.ts';
import { cut } from '../jobs/mapping/mapped.ts';
import type { TestOna } from './ona.ts';

type Rows = Record<string, unknown>[];

/** A time as the mapping writes it; tables made by hand may have it without a zone. */
const asText = ({ name, type }: Pick<Column, 'name' | 'type'>): string => {
  if (type === 'date') return `${name}::text`;
  if (type !== 'timestamptz') return name;
  const inUtc = name === 'service_date' ? name : `${name} AT TIME ZONE 'UTC'`;
  return `to_char(${inUtc}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${name}`;
};

const COLUMNS = [...IDENTITY_COLUMNS, ...CASE_COLUMNS];

const HELD = `
SELECT ${COLUMNS.map(asText).join(', ')},
       ARRAY(SELECT indicator FROM case_indicators i WHERE i.primero_id = c.primero_id AND until IS NULL) AS indicators
FROM cases c WHERE primero_id IS NOT NULL`;

const SERVICES = `
SELECT primero_id, case_id, ${SERVICE_COLUMNS.map(asText).join(', ')} FROM services`;

const groupBy = (rows: Rows, key: string): Map<string, Rows> => {
  const groups = new Map<string, Rows>();
  for (const row of rows) {
    const group = groups.get(row[key] as string);
    if (group) group.push(row);
    else groups.set(row[key] as string, [row]);
  }
  return groups;
};

const canonical = (row: Record<string, unknown>, columns: readonly { name: string }[]): string =>
  JSON.stringify(columns.map(({ name }) => row[name] ?? null));

/**
 * How ONA differs from what Primero says now: one line each, none where they are equal, child by child, content,
 * services and indicators. A plain function of both contents, which knows nothing of batches, windows or order.
 * A child that cannot be loaded must be among the rejects.
 */
export const findDifferences = async (
  primero: Pick<Primero, 'store'>,
  ona: Pick<TestOna, 'query'>,
): Promise<string[]> => {
  const places = await ona.query<LocationRow & Record<string, unknown>>(
    'SELECT code, district, province, province_code FROM locations_lookup',
  );
  const context = { gazetteer: toGazetteer(places.rows), onUnmapped: () => {} };
  const held = groupBy((await ona.query(HELD)).rows, 'primero_id');
  const servicesOf = groupBy((await ona.query(SERVICES)).rows, 'primero_id');
  const { rows } = await ona.query('SELECT primero_id, scope FROM sync_rejects');
  const rejects = groupBy(rows, 'primero_id');
  const differences: string[] = [];
  for (const record of primero.store.snapshot() as unknown as CaseRecord[]) {
    const { id } = record;
    const note = (what: string) => differences.push(`${id}: ${what}`);
    const [row] = held.get(id) ?? [];
    held.delete(id);
    if (record.enabled !== true) {
      if (row) note('is disabled, and held');
      continue;
    }
    const counts = countsFor(record);
    const isRejected = (rejects.get(id) ?? []).some(({ scope }) => scope === 'case');
    if (!row) {
      if (counts.length > 0 && !isRejected) note('is missing');
      continue;
    }
    if (isRejected) continue;
    const mapped = mapCase(cut(record), context);
    if (!mapped.row) {
      note('cannot be loaded, and is no reject');
      continue;
    }
    if (canonical(row, COLUMNS) !== canonical(mapped.row, COLUMNS)) note('has other content');
    if ([...(row.indicators as string[])].sort().join() !== [...counts].sort().join())
      note('counts for other indicators');
    if (rejects.has(id)) continue;
    const columns = [...SERVICE_COLUMNS, { name: 'case_id' }];
    const owned = (servicesOf.get(id) ?? []).map((each) => canonical(each, columns));
    const wanted = mapped.services.map((each) =>
      canonical({ ...each.row, case_id: mapped.row!.case_id }, columns),
    );
    if (owned.sort().join() !== wanted.sort().join()) note('has other services');
  }
  for (const id of held.keys()) differences.push(`${id}: is not in Primero, and held`);
  return differences;
};
