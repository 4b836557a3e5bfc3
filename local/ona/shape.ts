import { CASE_COLUMNS, IDENTITY_COLUMNS, SERVICE_COLUMNS } from '../../jobs/mapping/columns.ts';

/** What a table of ONA must have for the sync to run. */
export type TableShape = {
  columns: readonly string[];
  /** Sets of columns of which no two rows may have the same values. */
  unique: readonly (readonly string[])[];
  /** What the jobs' user needs on it, and nothing more. */
  privileges: readonly ('SELECT' | 'INSERT' | 'UPDATE' | 'DELETE')[];
};

const ALL = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

const names = (columns: readonly { name: string }[]) => columns.map(({ name }) => name);

/** Tables that the jobs use. */
export const SHAPE: Readonly<Record<string, TableShape>> = {
  cases: {
    columns: [...names(CASE_COLUMNS), ...names(IDENTITY_COLUMNS), 'last_updated_date', 'sync_id'],
    unique: [['case_id'], ['primero_id']],
    privileges: ALL,
  },
  services: {
    columns: [...names(SERVICE_COLUMNS), 'case_id', 'primero_id'],
    unique: [['unique_id']],
    privileges: ALL,
  },
  case_indicators: {
    columns: ['primero_id', 'indicator', 'since', 'until'],
    unique: [['primero_id', 'indicator']],
    privileges: ALL,
  },
  locations_lookup: {
    columns: ['code', 'district', 'province', 'province_code'],
    unique: [],
    privileges: ['SELECT'],
  },
  syncs: {
    columns: [
      ...['sync_id', 'kind', 'created_from', 'created_to', 'changed_since', 'parts'],
      ...['accept_removals', 'began_at', 'state', 'reason', 'ended_at', 'held_before'],
      ...['held_after', 'removed', 'first_totals', 'last_totals'],
    ],
    unique: [['sync_id']],
    privileges: ['SELECT', 'INSERT', 'UPDATE'],
  },
  sync_batches: {
    columns: ['sync_id', 'part', 'batch', 'next', 'summary', 'written_at'],
    unique: [['sync_id', 'part', 'batch']],
    privileges: ['SELECT', 'INSERT'],
  },
  sync_windows: {
    columns: ['sync_id', 'window_from', 'window_to', 'counts', 'recounted', 'differs'],
    unique: [['sync_id', 'window_from']],
    privileges: ALL,
  },
  sync_findings: {
    columns: [
      ...['sync_id', 'primero_id', 'part', 'finding', 'indexed', 'confirmed', 'asked'],
      'found_at',
    ],
    unique: [['sync_id', 'primero_id']],
    privileges: ALL,
  },
  sync_rejects: {
    columns: [
      ...['primero_id', 'scope', 'field', 'reason', 'wanted', 'indicators', 'sync_id'],
      'written_at',
    ],
    unique: [['primero_id', 'field']],
    privileges: ALL,
  },
};
