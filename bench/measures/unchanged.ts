import { compared, number, type Result, told } from '../result.ts';
import { runSync } from '../runs/sync.ts';
import { type BenchOna, createEmbedded } from '../servers/ona.ts';
import { openPrimero } from '../servers/primero.ts';

/** The sandbox has some 40,000 children among so many cases. */
const CASES = 45_300;

const MOST = 100_000;

const kb = (bytes: number): string => `${number(bytes / 1000)} kB`;

/** Bytes that ONA writes to its log while a sync runs. */
const logged = async (ona: BenchOna, sync: () => Promise<unknown>): Promise<number> => {
  const [before] = await ona.query('SELECT pg_current_wal_insert_lsn() AS lsn');
  await sync();
  const [row] = await ona.query(
    `SELECT pg_current_wal_insert_lsn() - '${before!.lsn}' AS bytes FROM cases LIMIT 1`,
  );
  return Number(row!.bytes);
};

/**
 * What ONA writes to its log (WAL) in a census that finds nothing changed. In an embedded ONA: on a server others may
 * write to the same log, and cleaning up does. After a checkpoint PostgreSQL also logs each page whole that is changed for
 * the first time, whoever changes it: that is told beside it.
 */
export const measureUnchanged = async (say: (text: string) => void): Promise<Result[]> => {
  const primero = await openPrimero({ cases: CASES });
  const ona = await createEmbedded();
  const connections = { primero: primero.credential, ona: ona.credential };
  const sync = async () => {
    await runSync(connections, 1);
    say('unchanged: a census is done');
  };
  try {
    await sync();
    await ona.query('VACUUM ANALYZE');
    await ona.query('CHECKPOINT');
    const withPages = await logged(ona, sync);
    const bytes = await logged(ona, sync);
    const [row] = await ona.query('SELECT count(*) AS children FROM cases');
    const what = `WAL of a census of ${number(Number(row!.children))} unchanged children`;
    return [
      compared(what, [kb(bytes), kb(MOST)], bytes / MOST, { most: 1 }),
      told(`${what}, right after a checkpoint`, kb(withPages)),
    ];
  } finally {
    await primero.close();
    await ona.drop();
  }
};
