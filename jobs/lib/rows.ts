import type { Indicator } from './indicators.ts';
import {
  type Identity,
  identify,
  mapCase,
  mapLeaver,
  type Rejected,
  type Row,
} from './mapping/case.ts';
import type { Context } from './mapping/columns.ts';
import { toTextOrNull } from './mapping/values.ts';
import type { CaseRecord, RequestResult } from './types.ts';

/** A reject as the ledger keeps it: who and why, never what. */
export type RejectRow = Rejected & Identity & { indicator: Indicator; held_by?: string };

/** What the records of a batch mean for ONA. */
export interface BatchRows {
  cases: (Row & Identity & { indicator: Indicator })[];
  leavers: (Row & Identity)[];
  services: Row[];
  /** The cases that `services` belong to: only theirs are replaced. */
  owners: {
    case_id: string;
    primero_id: string;
    primero_updated_at: string;
    /** Their `unique_id`s. */
    services: string[];
  }[];
  /** Every record of the batch: what is disabled is removed, what was rejected may be settled. */
  seen: SeenRow[];
  rejects: RejectRow[];
  unmapped: Partial<Record<Indicator, Record<string, number>>>;
}

interface SeenRow {
  indicator: Indicator;
  primero_id: string;
  primero_updated_at: string;
  case_id: string | null;
  enabled: boolean;
  /** Whether the record tells enough to say that an earlier reject of it is settled. */
  settles: boolean;
}

/** The rows of a batch without records. */
export const noRows = (): BatchRows => ({
  cases: [],
  leavers: [],
  services: [],
  owners: [],
  seen: [],
  rejects: [],
  unmapped: {},
});

const toSeen = (record: CaseRecord, indicator: Indicator): SeenRow => {
  const { primero_id, primero_updated_at, in_reintegration } = identify(record);
  return {
    indicator,
    primero_id,
    primero_updated_at,
    case_id: toTextOrNull(record.case_id_display),
    enabled: record.enabled,
    // Of a leaver too little is known to load it, and that is still wanted for reintegration.
    settles: indicator !== 'leavers' || !record.enabled || !in_reintegration,
  };
};

/**
 * Maps all records of a batch to rows.
 * @param gazetteer districts and provinces as ONA keeps them
 */
export const toRows = (
  results: readonly RequestResult[],
  gazetteer: Context['gazetteer'],
): BatchRows => {
  const rows = noRows();
  for (const { indicator, records } of results) {
    const counts: Record<string, number> = {};
    const onUnmapped = (field: string) => {
      counts[field] = (counts[field] ?? 0) + 1;
    };
    for (const record of records) {
      rows.seen.push(toSeen(record, indicator));
      if (record.enabled) addRecord(rows, record, indicator, { gazetteer, onUnmapped });
    }
    rows.unmapped[indicator] = counts;
  }
  return rows;
};

const addRecord = (
  rows: BatchRows,
  record: CaseRecord,
  indicator: Indicator,
  context: Context,
): void => {
  const identity = identify(record);
  if (indicator === 'leavers') {
    rows.leavers.push({ ...mapLeaver(record, context), ...identity });
    return;
  }
  const { row, services, hasServices, rejects } = mapCase(record, context);
  rows.rejects.push(...rejects.map((reject) => ({ ...reject, ...identity, indicator })));
  if (!row) return;
  // The rows are ours: adding to them costs a third of copying them.
  rows.cases.push(Object.assign(row, identity, { indicator }));
  if (!hasServices) return;
  const { primero_id, primero_updated_at } = identity;
  for (const service of services) rows.services.push(Object.assign(service, { primero_id }));
  rows.owners.push({
    ...{ case_id: String(row.case_id), primero_id, primero_updated_at },
    services: services.map(({ unique_id }) => String(unique_id)),
  });
};
