import type { PGlite } from '@electric-sql/pglite';

const SYNC = 'S'.charCodeAt(0);
const QUERY = 'Q'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
/** Parse, Bind, Describe, Execute, Close, Flush: what stands before a Sync in the extended protocol. */
const EXTENDED = new Set([...'PBDECH'].map((letter) => letter.charCodeAt(0)));
const SYNC_MESSAGE = new Uint8Array([SYNC, 0, 0, 0, 4]);

/**
 * PGlite has one session, and its socket server lets connections take turns message by message
 * unless a transaction is open. Two connections would then overwrite each other's unnamed statement
 * between Parse and Execute. Here such a sequence counts as a transaction, so that it stays whole.
 * An error inside PGlite leaves its socket server stuck: `onBroken` is told, to end the process.
 */
export const wholeSequences = (db: PGlite, onBroken: (error: unknown) => void): PGlite => {
  let open = false;
  const face = {
    waitReady: db.waitReady,
    isInTransaction: () => open || db.isInTransaction(),
    runExclusive: db.runExclusive.bind(db),
    execProtocolRawStream: async (
      message: Uint8Array,
      options: Parameters<PGlite['execProtocolRawStream']>[1],
    ) => {
      const type = message[0] ?? 0;
      if (type === TERMINATE) return;
      if (EXTENDED.has(type)) open = true;
      if (type === SYNC || type === QUERY) open = false;
      try {
        await db.execProtocolRawStream(message, options);
      } catch (error) {
        onBroken(error);
        throw error;
      }
    },
    /** The socket server's ROLLBACK for a connection that went away, perhaps before its Sync. */
    exec: async (sql: string) => {
      if (open) await db.execProtocolRaw(SYNC_MESSAGE);
      open = false;
      return db.isInTransaction() ? db.exec(sql) : [];
    },
  };
  return face as unknown as PGlite;
};
