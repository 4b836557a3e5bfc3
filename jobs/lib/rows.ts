import type { Indicator } from './indicators.ts';
import {
  type Identity,
  identify,
  type MappedCase,
  mapCase,
  mapLeaver,
  type Rejected,
  type Row,
} from './mapping/case.ts';
import type { Context } from './mapping/columns.ts';
import { toTextOrNull } from './mapping/values.ts';
import type { CaseRecord, RequestResult } from './types.ts';

/** A reject as the ledger keeps it: who and why, never what. */
export type RejectRow = Rejected & Identity & { indicator: Indicator; held_by?: string | null };

/** A case of the batch, and what it says of its services. */
export interface CaseRow {
  indicator: Indicator;
  row: Row & Identity;
  services: MappedCase['services'];
}

/** What the records of a batch mean for ONA. */
export interface BatchRows {
  cases: CaseRow[];
  leavers: (Row & Identity)[];
  /** Every record of the batch: what is disabled is removed, what was rejected may be settled. */
  seen: SeenRow[];
  rejects: RejectRow[];
  unmapped: Partial<Record<Indicator, Record<string, number>>>;
}

interface SeenRow {
  indicator: Indicator;
  primero_id: string;
  primero_updated_at: string;
  /** Null also where the record cannot be loaded under it: what ONA holds under another one stays then. */
  case_id: string | null;
  enabled: boolean;
  /** Whether the record tells enough to say that an earlier reject of it is settled. */
  settles: boolean;
}

/** The rows of a batch without records. */
export const noRows = (): BatchRows => ({
  cases: [],
  leavers: [],
  seen: [],
  rejects: [],
  unmapped: {},
});

const toSeen = (record: CaseRecord, identity: Identity, indicator: Indicator): SeenRow => {
  const { primero_id, primero_updated_at, in_reintegration } = identity;
  // Of a leaver too little is known to load it, and that is still wanted for reintegration.
  const isLeft = indicator === 'leavers' && record.enabled && in_reintegration;
  return {
    indicator,
    primero_id,
    primero_updated_at,
    case_id: isLeft ? null : toTextOrNull(record.case_id_display),
    enabled: record.enabled,
    settles: !isLeft,
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
    const context = { gazetteer, onUnmapped };
    for (const record of records) {
      const identity = identify(record);
      rows.seen.push(toSeen(record, identity, indicator));
      if (!record.enabled) continue;
      if (indicator === 'leavers') addLeaver(rows, mapLeaver(record, context, identity));
      else addCase(rows, mapCase(record, context, identity), identity, indicator);
    }
    rows.unmapped[indicator] = counts;
  }
  return rows;
};

/** One that still counts for reintegration comes whole with that request; here too little of it is known. */
const addLeaver = (rows: BatchRows, leaver: Row & Identity): void => {
  if (!leaver.in_reintegration) rows.leavers.push(leaver);
};

const addCase = (
  rows: BatchRows,
  { row, services, rejects }: MappedCase,
  identity: Identity,
  indicator: Indicator,
): void => {
  for (const reject of rejects) rows.rejects.push({ ...reject, ...identity, indicator });
  if (row) rows.cases.push({ indicator, row, services });
};
