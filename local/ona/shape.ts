import { CASE_COLUMNS, SERVICE_COLUMNS } from '../../jobs/lib/mapping/columns.ts';

/** What a table of ONA must have for the sync to run. */
export type TableShape = {
  columns: readonly string[];
  /** Sets of columns of which no two rows may have the same values: ON CONFLICT goes by them. */
  unique: readonly (readonly string[])[];
  /** What the jobs' user needs on it, and nothing more. */
  privileges: readonly ('SELECT' | 'INSERT' | 'UPDATE' | 'DELETE')[];
};

const ALL = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

const WHO = ['primero_id', 'sync_id', 'batch'];

/** Tables that the jobs use. */
export const SHAPE: Readonly<Record<string, TableShape>> = {
  cases: {
    columns: [
      ...CASE_COLUMNS.map(({ name }) => name),
      ...['last_updated_date', 'primero_id', 'primero_updated_at', 'in_reintegration'],
      ...['in_under18', 'sync_id'],
    ],
    unique: [['case_id'], ['primero_id']],
    privileges: ALL,
  },
  services: {
    columns: [...SERVICE_COLUMNS.map(({ name }) => name), 'case_id'],
    unique: [['unique_id']],
    privileges: ALL,
  },
  locations_lookup: {
    columns: ['code', 'district', 'province', 'province_code'],
    unique: [],
    privileges: ['SELECT'],
  },
  sync_batches: {
    columns: ['sync_id', 'batch', 'indicator', 'mode', 'window_to', 'covered', 'unmapped'],
    unique: [],
    privileges: ['SELECT', 'INSERT'],
  },
  sync_reopened: {
    columns: ['indicator', 'ranges', 'reason', 'sync_id', 'batch'],
    unique: [],
    privileges: ['SELECT', 'INSERT', 'UPDATE'],
  },
  sync_rejects: {
    columns: [...WHO, 'scope', 'field', 'reason', 'held_by', 'primero_updated_at'],
    unique: [['primero_id', 'field']],
    privileges: ALL,
  },
  sync_surplus: {
    columns: [...WHO, 'indicator', 'removed_at'],
    unique: [['primero_id', 'indicator']],
    privileges: ['SELECT', 'INSERT', 'UPDATE'],
  },
  sync_proofs: {
    columns: ['sync_id', 'batch', 'indicator', 'window_to', 'expected', 'held', 'proven'],
    unique: [],
    privileges: ['SELECT', 'INSERT'],
  },
};
