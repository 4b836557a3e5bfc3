import { compared, number, type Result } from '../result.ts';
import { runSync } from '../runs/sync.ts';
import { createEmbedded } from '../servers/ona.ts';
import { openPrimero } from '../servers/primero.ts';

/** The sandbox has some 40,000 children among so many cases. */
const CASES = 45_300;

const KB = 1000;

/**
 * What ONA writes to its log (WAL) in a second census that finds nothing changed. In an embedded ONA: on a server others
 * may write to the same log, and cleaning up does.
 */
export const measureUnchanged = async (say: (text: string) => void): Promise<Result[]> => {
  const primero = await openPrimero({ cases: CASES });
  const ona = await createEmbedded();
  const connections = { primero: primero.credential, ona: ona.credential };
  try {
    await runSync(connections, 1);
    say('a first census is written; now a second one');
    await ona.query('VACUUM ANALYZE');
    await ona.query('CHECKPOINT');
    const [before] = await ona.query('SELECT pg_current_wal_insert_lsn() AS lsn');
    const { runs } = await runSync(connections, 1);
    const [after] = await ona.query(
      `SELECT pg_current_wal_insert_lsn() - '${before!.lsn}' AS bytes, count(*) AS children FROM cases`,
    );
    const bytes = Number(after!.bytes);
    const children = number(Number(after!.children));
    return [
      compared(
        `bytes of WAL: a second census of ${children} unchanged children`,
        [`${number(bytes / KB)} KB in ${runs.length} runs`, '100 KB'],
        bytes / (100 * KB),
        { most: 1 },
      ),
    ];
  } finally {
    await primero.close();
    await ona.drop();
  }
};
