-- Children whom a person erased. What stays of each is a hash of its id in Primero: enough to keep it out while Primero still
-- has it, and no more.
CREATE TABLE IF NOT EXISTS erased (
  hash      bytea       PRIMARY KEY, -- SHA-256 of the id in Primero
  erased_at timestamptz NOT NULL DEFAULT now(),
  erased_by text        NOT NULL DEFAULT session_user
);

-- Whether a child was erased.
CREATE FUNCTION is_erased(child uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT
  AS $$ SELECT EXISTS (SELECT FROM erased WHERE hash = sha256(uuid_send(child))) $$;

REVOKE EXECUTE ON FUNCTION is_erased(uuid) FROM PUBLIC;
