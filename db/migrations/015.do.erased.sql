-- Children whom a person erased. What stays of each is a hash of its id in Primero: enough to keep it out while Primero still
-- has it, and no more. Who erased it, and when, has table audit, whose lines may go when they are old: these may not.
CREATE TABLE IF NOT EXISTS erased (
  hash bytea PRIMARY KEY -- SHA-256 of the id in Primero
);

-- Who of some children was erased.
CREATE FUNCTION erased_of(children uuid[]) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT
  AS $$ SELECT child FROM unnest(children) AS child JOIN erased ON hash = sha256(uuid_send(child)) $$;

REVOKE EXECUTE ON FUNCTION erased_of(uuid[]) FROM PUBLIC;
