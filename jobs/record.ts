/** A record as Primero sends it. Nothing in it is trusted but its id. */
export interface CaseRecord {
  id: string;
  /** The state: null where the record has none. */
  enabled?: unknown;
  last_updated_at?: unknown;
  created_at?: unknown;
  [field: string]: unknown;
}

/** An answer of `GET /api/v2/cases`. */
export interface Page {
  records: CaseRecord[];
  /** What Primero counts, ghosts included. */
  total: number;
  /** Records a page, as Primero cut it. */
  per: number;
  page: number;
}
