import {
  CASE_COLUMNS,
  type Column,
  IDENTITY_COLUMNS,
  SERVICE_COLUMNS,
} from '../../jobs/mapping/columns.ts';

/** What a table of ONA must have for the sync to run. */
export type TableShape = {
  /** The type of each column as `migrate` adds it, with its default. */
  columns: Readonly<Record<string, string>>;
  /** Sets of columns of which no two rows may have the same values. */
  unique: readonly (readonly string[])[];
  /** What the jobs' user needs on it, and nothing more. */
  privileges: readonly ('SELECT' | 'INSERT' | 'UPDATE' | 'DELETE')[];
};

const ALL = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

const typesOf = (columns: readonly Column[]): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, type }) => [name, type]));

/** Tables that the jobs use. */
export const SHAPE: Readonly<Record<string, TableShape>> = {
  cases: {
    columns: {
      ...typesOf(CASE_COLUMNS),
      ...typesOf(IDENTITY_COLUMNS),
      primero_id: 'uuid',
      last_updated_date: 'timestamp',
      sync_id: 'text',
    },
    unique: [['case_id'], ['primero_id']],
    privileges: ALL,
  },
  services: {
    columns: {
      ...typesOf(SERVICE_COLUMNS),
      service_date: 'timestamp',
      case_id: 'text',
      primero_id: 'uuid',
    },
    unique: [['unique_id']],
    privileges: ALL,
  },
  case_indicators: {
    columns: {
      primero_id: 'uuid',
      indicator: 'text',
      since: 'timestamptz',
      until: 'timestamptz',
    },
    unique: [['primero_id', 'indicator']],
    privileges: ALL,
  },
  locations_lookup: {
    columns: { code: 'text', district: 'text', province: 'text', province_code: 'text' },
    unique: [],
    privileges: ['SELECT'],
  },
  syncs: {
    columns: {
      sync_id: 'text',
      kind: 'text',
      created_from: 'timestamptz',
      created_to: 'timestamptz',
      changed_since: 'timestamptz',
      parts: 'integer DEFAULT 1',
      accept_removals: 'integer DEFAULT 0',
      began_at: 'timestamptz DEFAULT now()',
      state: "text DEFAULT 'under way'",
      reason: 'text',
      ended_at: 'timestamptz',
      held_before: 'bigint',
      held_after: 'bigint',
      removed: 'integer DEFAULT 0',
      expired: 'integer DEFAULT 0',
      first_totals: 'jsonb',
      last_totals: 'jsonb',
    },
    unique: [['sync_id']],
    privileges: ['SELECT', 'INSERT', 'UPDATE'],
  },
  sync_batches: {
    columns: {
      sync_id: 'text',
      part: 'integer',
      batch: 'integer',
      next: 'jsonb',
      summary: 'jsonb',
      written_at: 'timestamptz DEFAULT now()',
    },
    unique: [['sync_id', 'part', 'batch']],
    privileges: ['SELECT', 'INSERT'],
  },
  sync_windows: {
    columns: {
      sync_id: 'text',
      window_from: 'timestamptz',
      window_to: 'timestamptz',
      counts: 'jsonb',
      recounted: 'boolean DEFAULT false',
      differs: 'boolean DEFAULT false',
    },
    unique: [['sync_id', 'window_from']],
    privileges: ALL,
  },
  sync_findings: {
    columns: {
      sync_id: 'text',
      primero_id: 'uuid',
      part: 'integer',
      finding: 'text',
      indexed: 'boolean DEFAULT true',
      confirmed: 'boolean DEFAULT false',
      asked: 'integer DEFAULT 0',
      found_at: 'timestamptz',
    },
    unique: [['sync_id', 'primero_id']],
    privileges: ALL,
  },
  sync_rejects: {
    columns: {
      primero_id: 'uuid',
      scope: 'text',
      field: 'text',
      reason: 'text',
      wanted: 'text',
      indicators: 'text[]',
      sync_id: 'text',
      written_at: 'timestamptz DEFAULT now()',
    },
    unique: [['primero_id', 'field']],
    privileges: ALL,
  },
};

/** The type of a column without its default. */
export const typeOf = (definition: string): string => definition.replace(/ DEFAULT .*$/, '');
