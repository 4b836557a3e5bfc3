-- Children whom a person erased. What stays of each is a hash of its id in Primero: enough to keep it out while Primero still
-- has it, and no more.
CREATE TABLE IF NOT EXISTS erased (
  hash      bytea       PRIMARY KEY, -- SHA-256 of the id in Primero
  erased_at timestamptz NOT NULL DEFAULT now(),
  erased_by text        NOT NULL DEFAULT session_user
);

-- Who of some children was erased.
CREATE FUNCTION erased_of(children uuid[]) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT
  AS $$ SELECT child FROM unnest(children) AS child JOIN erased ON hash = sha256(uuid_send(child)) $$;

REVOKE EXECUTE ON FUNCTION erased_of(uuid[]) FROM PUBLIC;
