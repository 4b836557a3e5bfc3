-- What people did that others may ask about: a line for each act. Nobody but the owner changes or deletes one: it is written
-- only through the function below, which takes time and login from the server.
CREATE TABLE IF NOT EXISTS audit (
  noted_at timestamptz NOT NULL DEFAULT now(),
  login    text        NOT NULL DEFAULT session_user,
  act      text        NOT NULL CHECK (act IN ('published', 'erased', 'removals accepted', 'listed')),
  what     jsonb       NOT NULL -- no data of a child: of one that was erased the hash
);

-- Notes an act, in the transaction that does it. Always true, so that a statement can do both.
CREATE FUNCTION note_act(act text, what jsonb) RETURNS boolean
  LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
  AS $$ INSERT INTO audit (act, what) VALUES ($1, $2) RETURNING true $$;

REVOKE EXECUTE ON FUNCTION note_act(text, jsonb) FROM PUBLIC;
