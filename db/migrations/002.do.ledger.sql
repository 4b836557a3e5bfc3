-- What ONA keeps of each sync. It is written in the same transaction as the rows, and holds no content of any record.

CREATE TABLE IF NOT EXISTS syncs (
  sync_id         text PRIMARY KEY,
  -- census: all children, and who is absent. changes: what changed since. range: some creation time, or some cases, read again.
  kind            text        NOT NULL CHECK (kind IN ('census', 'changes', 'range')),
  created_from    timestamptz, -- the creation time that it goes through; no window at all where null
  created_to      timestamptz, -- where that ends; never where null
  changed_since   timestamptz,
  parts           integer     NOT NULL DEFAULT 1,
  accept_removals integer     NOT NULL DEFAULT 0,
  began_at        timestamptz NOT NULL DEFAULT now(),
  state           text        NOT NULL DEFAULT 'under way'
                  CHECK (state IN ('under way', 'complete', 'ended', 'superseded')),
  reason          text,        -- why it ended without being complete, or for how many it is not complete
  ended_at        timestamptz,
  held_before     bigint      NOT NULL, -- rows of cases when it began
  held_after      bigint,
  removed         integer     NOT NULL DEFAULT 0, -- as Primero said that they are disabled or deleted
  expired         integer     NOT NULL DEFAULT 0, -- as they had counted for nothing for so long as retention says
  first_totals    jsonb       NOT NULL, -- by indicator: how many Primero counted when it began
  last_totals     jsonb        -- by indicator: all, and those with a time of creation, when it ended
);
CREATE UNIQUE INDEX IF NOT EXISTS syncs_under_way ON syncs (state) WHERE state = 'under way';

CREATE TABLE IF NOT EXISTS sync_batches (
  sync_id    text        NOT NULL REFERENCES syncs ON DELETE CASCADE,
  part       integer     NOT NULL,
  batch      integer     NOT NULL,
  next       jsonb       NOT NULL, -- the messages that follow it; none where its chain ends
  summary    jsonb       NOT NULL, -- counts only
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sync_id, part, batch)
);

CREATE TABLE IF NOT EXISTS sync_windows (
  sync_id     text        NOT NULL REFERENCES syncs ON DELETE CASCADE,
  window_from timestamptz NOT NULL,
  window_to   timestamptz, -- open at its end where null
  counts      jsonb       NOT NULL, -- by indicator: [read, ghosts]
  recounted   boolean     NOT NULL DEFAULT false, -- its totals were asked once more
  differs     boolean     NOT NULL DEFAULT false, -- they are others now: to be read again
  PRIMARY KEY (sync_id, window_from)
);

-- Questions by id, and what Primero answered.
CREATE TABLE IF NOT EXISTS sync_findings (
  sync_id    text        NOT NULL REFERENCES syncs ON DELETE CASCADE,
  primero_id uuid        NOT NULL,
  part       integer     NOT NULL,
  finding    text CHECK (finding IN ('counts', 'left', 'disabled', 'deleted', 'unseen')), -- open where null
  indexed    boolean     NOT NULL DEFAULT true,  -- the search has it; else only the database
  confirmed  boolean     NOT NULL DEFAULT false, -- disabled or deleted, said twice
  asked      integer     NOT NULL DEFAULT 0,     -- answers so far
  found_at   timestamptz,
  PRIMARY KEY (sync_id, primero_id)
);
CREATE INDEX IF NOT EXISTS sync_findings_open ON sync_findings (sync_id, part) WHERE finding IS NULL;

-- What could not be loaded, and why: a record (scope "case") or a single service of it (scope "service").
CREATE TABLE IF NOT EXISTS sync_rejects (
  primero_id uuid        NOT NULL,
  scope      text        NOT NULL CHECK (scope IN ('case', 'service')),
  field      text        NOT NULL,
  reason     text        NOT NULL,
  wanted     text,        -- the id that another child has, where that is the reason
  indicators text[]      NOT NULL, -- what the child counts for
  sync_id    text        NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (primero_id, field)
);
