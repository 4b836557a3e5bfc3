import type { Ona } from './ona.ts';

interface HeldChild {
  id: string | null;
  case_id: string;
  counts: boolean;
}

export interface NotedSync {
  sync_id: string;
  kind: string;
  state: string;
  reason: string | null;
  held_before: number;
  held_after: number | null;
  removed: number;
  expired: number;
}

interface NotedBatch {
  sync_id: string;
  part: number;
  batch: number;
  summary: {
    did: string;
    all: Record<'read' | 'inSeveral' | 'new' | 'changed' | 'unchanged' | 'rejected', number>;
    returned: number;
    removed: number;
  };
}

/** What ONA has committed, in short. */
export interface Snapshot {
  cases: HeldChild[];
  syncs: NotedSync[];
  batches: NotedBatch[];
  /** Ids of children whose question is open, with the sync: `SYNC ID`. */
  open: string[];
  windows: Record<string, number>;
}

const SNAPSHOT = `
SELECT
  coalesce((SELECT json_agg(json_build_object('id', c.primero_id, 'case_id', c.case_id, 'counts', c.primero_id IS NOT NULL AND EXISTS (
     SELECT FROM case_indicators i WHERE i.primero_id = c.primero_id AND i.until IS NULL))) FROM cases c), '[]') AS cases,
  coalesce((SELECT json_agg(s) FROM syncs s), '[]') AS syncs,
  coalesce((SELECT json_agg(json_build_object('sync_id', b.sync_id, 'part', b.part, 'batch', b.batch, 'summary', b.summary)) FROM sync_batches b), '[]') AS batches,
  coalesce((SELECT json_agg(f.sync_id || ' ' || f.primero_id) FROM sync_findings f
     WHERE f.finding IS NULL OR (f.finding IN ('disabled', 'deleted') AND NOT f.confirmed)), '[]') AS open,
  coalesce((SELECT json_object_agg(sync_id, n) FROM (SELECT sync_id, count(*) AS n FROM sync_windows GROUP BY sync_id) AS w), '{}') AS windows`;

export const takeSnapshot = async (ona: Ona): Promise<Snapshot> => (await ona.query(SNAPSHOT))[0];

/** Every row of the dashboard's tables, whole; timestamps as ISO 8601. */
export interface Content {
  cases: Record<string, unknown>[];
  services: Record<string, unknown>[];
  indicators: { primero_id: string; indicator: string; until: string | null }[];
  rejects: {
    primero_id: string;
    scope: string;
    field: string;
    reason: string;
    wanted: string | null;
    sync_id: string;
  }[];
}

const CONTENT = `
SELECT
  coalesce((SELECT json_agg(c) FROM cases c), '[]') AS cases,
  coalesce((SELECT json_agg(s) FROM services s), '[]') AS services,
  coalesce((SELECT json_agg(i) FROM case_indicators i), '[]') AS indicators,
  coalesce((SELECT json_agg(r) FROM sync_rejects r), '[]') AS rejects`;

export const readContent = async (ona: Ona): Promise<Content> => (await ona.query(CONTENT))[0];

const VERSIONS = `
SELECT coalesce(json_agg(concat(t, ' ', id, ' ', x)), '[]') AS all FROM (
  SELECT 'cases' AS t, case_id AS id, xmin::text || ' ' || ctid::text AS x FROM cases
  UNION ALL SELECT 'services', unique_id, xmin::text || ' ' || ctid::text FROM services
  UNION ALL SELECT 'case_indicators', primero_id || ' ' || indicator, xmin::text || ' ' || ctid::text FROM case_indicators
) AS rows`;

/** Which transaction wrote each row. */
export const versionsOf = async (ona: Ona): Promise<string[]> => (await ona.query(VERSIONS))[0].all;
