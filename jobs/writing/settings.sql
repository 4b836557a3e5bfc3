-- Settings of the transaction, and the lock that makes writers take turns: two batches that write the same rows in different
-- orders would deadlock. UTC and ISO, so that times are stored and read as Primero sends them. Nothing is JIT-compiled: that
-- would take longer than the statements.
-- In:  $1 to $3 limits, ms: for a lock, a statement, and an idle transaction
SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true), set_config('jit', 'off', true),
       set_config('lock_timeout', $1::text, true), set_config('statement_timeout', $2::text, true),
       set_config('idle_in_transaction_session_timeout', $3::text, true),
       pg_advisory_xact_lock(hashtext('primero-ona-sync'))
