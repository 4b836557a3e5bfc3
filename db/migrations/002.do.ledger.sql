-- The ledger: what each batch has fully brought over, what could not be loaded, what was proven.
-- It is written in the same transaction as the rows, and holds no content of any record.

-- One line for each batch, indicator and run that brought something over.
CREATE TABLE IF NOT EXISTS sync_batches (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sync_id    text        NOT NULL,
  batch      integer     NOT NULL,
  indicator  text        NOT NULL CHECK (indicator IN ('reintegration', 'under18', 'leavers')),
  mode       text        NOT NULL CHECK (mode IN ('sync', 'backfill', 'slice')),
  window_to  timestamptz NOT NULL,
  covered    tstzrange   NOT NULL,
  fetched    integer     NOT NULL,
  inserted   integer     NOT NULL,
  updated    integer     NOT NULL,
  unchanged  integer     NOT NULL,
  removed    integer     NOT NULL,
  rejected   integer     NOT NULL,
  unmapped   jsonb       NOT NULL DEFAULT '{}',
  fetched_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS sync_batches_coverage ON sync_batches (indicator, covered);
CREATE INDEX IF NOT EXISTS sync_batches_sync ON sync_batches (sync_id, batch);

-- Ranges taken out of the coverage again, until a batch covers them anew.
CREATE TABLE IF NOT EXISTS sync_reopened (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  indicator   text            NOT NULL,
  ranges      tstzmultirange  NOT NULL,
  reason      text            NOT NULL,
  sync_id     text            NOT NULL,
  batch       integer         NOT NULL,
  reopened_at timestamptz     NOT NULL DEFAULT now()
);

-- What could not be loaded, and why: a record (scope "case") or a single service of it (scope "service").
CREATE TABLE IF NOT EXISTS sync_rejects (
  primero_id         uuid        NOT NULL,
  scope              text        NOT NULL CHECK (scope IN ('case', 'service')),
  field              text        NOT NULL,
  reason             text        NOT NULL,
  held_by            uuid,       -- the record that has the case_id, where that is the reason
  in_reintegration   boolean     NOT NULL,
  in_under18         boolean     NOT NULL,
  primero_updated_at timestamptz NOT NULL,
  sync_id            text        NOT NULL,
  batch              integer     NOT NULL,
  written_at         timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (primero_id, field)
);
CREATE INDEX IF NOT EXISTS sync_rejects_held_by ON sync_rejects (held_by) WHERE held_by IS NOT NULL;

-- Cases that ONA held and Primero no longer has, taken out: who, for which indicator, when.
CREATE TABLE IF NOT EXISTS sync_surplus (
  primero_id uuid        NOT NULL,
  indicator  text        NOT NULL,
  sync_id    text        NOT NULL,
  batch      integer     NOT NULL,
  removed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (primero_id, indicator)
);

-- Each comparison of what Primero has (expected) with what ONA holds, up to window_to.
CREATE TABLE IF NOT EXISTS sync_proofs (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sync_id    text        NOT NULL,
  batch      integer     NOT NULL,
  indicator  text        NOT NULL,
  window_to  timestamptz NOT NULL,
  expected   bigint      NOT NULL,
  held       bigint      NOT NULL,
  proven     boolean     NOT NULL,
  checked_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS sync_proofs_newest ON sync_proofs (indicator, id);
