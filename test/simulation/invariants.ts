import { isReintegration, isUnder18, toAge } from '../../jobs/lib/indicators.ts';
import { FULL_FIELDS } from '../../jobs/lib/mapping/fields.ts';
import type { CaseRecord } from '../../jobs/lib/types.ts';
import type { Primero, PrimeroRecord } from '../../local/primero/index.ts';
import { findDifferences } from '../support/oracle.ts';
import type { Database } from './database.ts';

const FIELDS = [...FULL_FIELDS, 'record_state'];
const FAR = '9000-01-01T00:00:00.000Z';

const DIGEST = `SELECT md5(concat(${[
  'cases',
  'services',
  'sync_batches',
  'sync_reopened',
  'sync_rejects',
  'sync_surplus',
  'sync_proofs',
]
  .map((table) => `(SELECT string_agg(t::text, '|' ORDER BY t::text) FROM ${table} t)`)
  .join(", '#', ")})) AS digest`;

/** One text that stands for all that ONA holds. */
export const digestOf = async (ona: Database): Promise<string> =>
  (await ona.query<{ digest: string }>(DIGEST)).rows[0]!.digest;

const COVERAGE = `
SELECT indicator, extract(epoch FROM lower(r)) * 1000 AS "from", extract(epoch FROM upper(r)) * 1000 AS "to"
FROM (
  SELECT i.indicator, unnest(
    coalesce((SELECT range_agg(covered) FROM sync_batches b WHERE b.indicator = i.indicator), '{}'::tstzmultirange)
    - coalesce((SELECT range_agg(r) FROM sync_reopened o, unnest(o.ranges) r WHERE o.indicator = i.indicator), '{}'::tstzmultirange)
  ) AS r
  FROM (VALUES ('reintegration'), ('under18'), ('leavers')) i (indicator)
) c`;

type Range = { indicator: string; from: number; to: number };

/** Indicators whose coverage must have brought a record over whole. */
const asking = (record: CaseRecord): string[] => {
  const counted = [
    ...(isReintegration(record) ? ['reintegration'] : []),
    ...(isUnder18(record) ? ['under18'] : []),
  ];
  return counted.length > 0 || (toAge(record.age) ?? 0) < 18 ? counted : ['leavers'];
};

/**
 * What the ledger promises and ONA does not keep: each record of Primero that lies in the coverage of an
 * indicator that asks for it must be in ONA as it is in Primero.
 */
export const findBrokenPromises = async (primero: Primero, ona: Database): Promise<string[]> => {
  const ranges = (await ona.query<Range>(COVERAGE)).rows.map(({ indicator, from, to }) => ({
    indicator,
    from: Number(from),
    to: Number(to),
  }));
  const isCovered = (record: CaseRecord): boolean => {
    const at = Date.parse(record.last_updated_at);
    return asking(record).some((indicator) =>
      ranges.some((range) => range.indicator === indicator && at >= range.from && at < range.to),
    );
  };
  const snapshot = (primero.store.snapshot(undefined, FIELDS) as unknown as CaseRecord[]).map(
    (record) => (isCovered(record) ? record : { ...record, last_updated_at: FAR }),
  );
  const store = { snapshot: () => snapshot as unknown as PrimeroRecord[] };
  const differences = await findDifferences({ store } as never, ona, Date.parse(FAR));
  // A case that is gone from Primero is for the proof to find; who else has a case_id lies elsewhere in time.
  return differences.filter((line) => !/is not in Primero|is the case_id of/.test(line));
};

const HELD = `
SELECT primero_id::text AS id, extract(epoch FROM primero_updated_at) * 1000 AS at
FROM cases WHERE primero_id IS NOT NULL`;

const ORPHANS = `
SELECT count(*)::int AS n FROM services s WHERE NOT EXISTS (SELECT FROM cases c WHERE c.case_id = s.case_id)`;

/** Watches that no case goes back in time, and that no service is without its case. */
export class Watch {
  readonly #newest = new Map<string, number>();

  async look(ona: Database): Promise<string[]> {
    const found: string[] = [];
    for (const { id, at } of (await ona.query<{ id: string; at: string }>(HELD)).rows) {
      const time = Math.round(Number(at));
      if (time < (this.#newest.get(id) ?? 0)) found.push(`${id}: went back in time`);
      else this.#newest.set(id, time);
    }
    const { n } = (await ona.query<{ n: number }>(ORPHANS)).rows[0]!;
    if (n > 0) found.push(`${n} services have no case`);
    return found;
  }
}
