/** A record as Primero sends it. Nothing in it is trusted except its id. */
export interface CaseRecord {
  id: string;
  /** The state of the record; null if it has none. */
  enabled?: unknown;
  last_updated_at?: unknown;
  created_at?: unknown;
  [field: string]: unknown;
}

/** An answer of `GET /api/v2/cases`. */
export interface Page {
  records: CaseRecord[];
  /** What Primero counts, including ghosts. */
  total: number;
  /** Records in a page, as Primero reduced it. */
  per: number;
  page: number;
}
