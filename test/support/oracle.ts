import { identify, mapCase, type Row } from '../../jobs/lib/mapping/case.ts';
import { CASE_COLUMNS, SERVICE_COLUMNS } from '../../jobs/lib/mapping/columns.ts';
import { FULL_FIELDS } from '../../jobs/lib/mapping/fields.ts';
import { type LocationRow, toGazetteer } from '../../jobs/lib/mapping/locations.ts';
import type { CaseRecord } from '../../jobs/lib/types.ts';
import type { Primero } from '../../local/primero/index.ts';
import { cut } from './cut.ts';
import type { TestOna } from './ona.ts';

type Rows = Record<string, unknown>[];

const CASES = `
SELECT ${CASE_COLUMNS.map(({ name, type }) => (type === 'date' ? `${name}::text` : name)).join(', ')},
       primero_id, in_reintegration, in_under18
FROM cases WHERE primero_id IS NOT NULL`;

const SERVICES = `
SELECT unique_id, case_id, service_type,
       to_char(service_date, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS service_date
FROM services`;

const same = (a: Row, b: Record<string, unknown>, columns: readonly { name: string }[]) =>
  columns.every(({ name }) => (a[name] ?? null) === (b[name] ?? null));

const byKey = (rows: Rows, key: string) => new Map(rows.map((row) => [row[key] as string, row]));

const groupBy = (rows: Rows, key: string): Map<string, Rows> => {
  const groups = new Map<string, Rows>();
  for (const row of rows) {
    const group = groups.get(row[key] as string);
    if (group) group.push(row);
    else groups.set(row[key] as string, [row]);
  }
  return groups;
};

/**
 * How ONA differs from what Primero says: one line each, none where they are equal, case by case and service
 * by service. A plain function of both contents, which knows nothing of batches, ledger or order.
 *
 * Cases that changed after `to` are left out: ONA need not know them yet. Of children with one case_id just one
 * may be held, and the others must be rejects. So too of services with one unique_id: those that are left out must be
 * rejects, one each, and whoever has the service must have it rightly.
 *
 * @param to ms since 1970: the end of the window that was synced, exclusive
 */
export const findDifferences = async (
  primero: Pick<Primero, 'store'>,
  ona: Pick<TestOna, 'query'>,
  to = Number.POSITIVE_INFINITY,
): Promise<string[]> => {
  const locations = await ona.query<LocationRow & Record<string, unknown>>(
    'SELECT code, district, province, province_code FROM locations_lookup',
  );
  const context = { gazetteer: toGazetteer(locations.rows), onUnmapped: () => {} };
  const held = byKey((await ona.query(CASES)).rows, 'primero_id');
  const services = (await ona.query(SERVICES)).rows as Rows;
  const rejects = (await ona.query("SELECT primero_id FROM sync_rejects WHERE scope = 'case'"))
    .rows;
  const rejected = new Set(rejects.map(({ primero_id }) => primero_id as string));
  const servicesOf = groupBy(services, 'case_id');
  const holders = byKey(services, 'unique_id');
  const leftOut = groupBy(
    (await ona.query("SELECT primero_id FROM sync_rejects WHERE scope = 'service'")).rows,
    'primero_id',
  );
  const claims = new Map<string, { holders: number; all: number }>();
  const differences: string[] = [];
  const note = (id: string, what: string) => differences.push(`${id}: ${what}`);
  const claim = (caseId: string, isHeld: boolean) => {
    const { holders, all } = claims.get(caseId) ?? { holders: 0, all: 0 };
    claims.set(caseId, { holders: holders + (isHeld ? 1 : 0), all: all + 1 });
  };

  for (const record of primero.store.snapshot() as unknown as CaseRecord[]) {
    const { primero_id: id, in_reintegration, in_under18 } = identify(record);
    const row = held.get(id);
    held.delete(id);
    if (Date.parse(record.last_updated_at) >= to) continue;
    const counts = in_reintegration || in_under18;
    if (!record.enabled || !counts) {
      if (!record.enabled && row) note(id, 'is disabled, and held');
      else if (row?.in_reintegration || row?.in_under18)
        note(id, 'counts for nothing, and is held');
      else if (row && servicesOf.has(row.case_id as string))
        note(id, 'counts for nothing, and has services');
      if (rejected.has(id)) note(id, 'is not asked for, and is a reject');
      // Its row stays where it counts for nothing, and has its case_id.
      if (row) claim(row.case_id as string, true);
      continue;
    }
    const mapped = mapCase(cut(record, FULL_FIELDS), context);
    if (!mapped.row) {
      if (!rejected.has(id))
        note(id, `cannot be loaded (${mapped.rejects[0]?.field}), and is no reject`);
      // What was held of it before stays, and has its case_id.
      if (row) claim(row.case_id as string, true);
      continue;
    }
    const caseId = mapped.row.case_id as string;
    claim(caseId, row !== undefined);
    if (!row) {
      if (!rejected.has(id)) note(id, 'is missing');
      continue;
    }
    if (rejected.has(id)) note(id, 'is held, and a reject');
    if (
      !same({ ...mapped.row, in_reintegration, in_under18 }, row, [
        ...CASE_COLUMNS,
        { name: 'in_reintegration' },
        { name: 'in_under18' },
      ])
    ) {
      note(id, 'is held with other content');
    }
    if (!mapped.services) continue;
    let missing = 0;
    const heldServices = byKey(servicesOf.get(caseId) ?? [], 'unique_id');
    for (const service of mapped.services) {
      const other = heldServices.get(service.unique_id as string);
      heldServices.delete(service.unique_id as string);
      if (!other && holders.has(service.unique_id as string)) missing += 1;
      else if (!other) note(id, 'lacks a service');
      else if (!same(service, other, SERVICE_COLUMNS)) note(id, 'has a service with other content');
    }
    if ((leftOut.get(id)?.length ?? 0) !== missing + mapped.rejects.length)
      note(id, 'lacks other services than its rejects say');
    if (heldServices.size > 0) note(id, 'holds a service that is gone');
  }
  for (const [id, row] of held) {
    if (row.in_reintegration || row.in_under18) note(id, 'is not in Primero, and held');
  }
  for (const [caseId, { holders, all }] of claims) {
    if (holders !== 1)
      note(caseId, `is the case_id of ${all} children, and ${holders} of them are held`);
  }
  return differences;
};
