import type { Client } from 'pg';
import type { LocationRow } from '../jobs/lib/mapping/locations.ts';
import { SELECT_LOCATIONS } from '../jobs/lib/sql/begin.ts';
import type { Batch } from '../jobs/lib/types.ts';
import { median } from './numbers.ts';
import { type BenchOna, createOna, withClient } from './servers/database.ts';
import { withDelay } from './servers/delay.ts';
import { startPrimero } from './servers/primero.ts';
import { makeBatches, rowsOf } from './write/batches.ts';
import { writeOurs } from './write/ours.ts';
import { countRows, writeCopy, writeValues } from './write/plain.ts';

export type Way = 'ours' | 'values' | 'copy';
export type Kind = 'insert' | 'update' | 'unchanged';

/** Rows of both tables per second, and statements a batch, at one network delay. */
export type Writing = {
  roundTripMs: number;
  way: Way;
  rate: Record<Kind, number>;
  statements: number | null;
};

const CASES = 10_000;

/** Ways take turns, so often; of each its median is told: the speed of a shared machine changes by the minute. */
const ROUNDS = 3;

type Write = (client: Client, batch: Batch) => Promise<{ ms: number; statements: number | null }>;
type Batches = { fresh: Batch[]; changed: Batch[] };

/** Writes all batches as new, as changed and as they are, on one connection to an ONA that it empties first. */
const measureRound = (
  write: Write,
  { fresh, changed }: Batches,
  locations: LocationRow[],
  ona: BenchOna,
  roundTripMs: number,
) =>
  withDelay(ona.credential, roundTripMs, (credential) =>
    withClient(credential, async (client) => {
      const direct = (text: string) => withClient(ona.credential, (other) => other.query(text));
      const rate = async (all: Batch[]) => {
        let ms = 0;
        let rows = 0;
        for (const batch of all) {
          ms += (await write(client, batch)).ms;
          rows += countRows(rowsOf(batch, locations));
        }
        return (rows * 1000) / ms;
      };
      await direct('TRUNCATE cases, services, sync_batches, sync_rejects');
      const insert = await rate(fresh);
      const update = await rate(changed);
      await direct('VACUUM ANALYZE');
      const unchanged = await rate(changed);
      const { statements } = await write(client, changed[0]!);
      return { insert, update, unchanged, statements };
    }),
  );

/** Rows a second for each way of writing, at one network delay. */
const measureAt = async (
  roundTripMs: number,
  ways: readonly [Way, Write][],
  batches: Batches,
  locations: LocationRow[],
): Promise<Writing[]> => {
  const onas = await Promise.all(ways.map(createOna));
  try {
    const rounds: Awaited<ReturnType<typeof measureRound>>[][] = ways.map(() => []);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [index, [, write]] of ways.entries())
        rounds[index]!.push(
          await measureRound(write, batches, locations, onas[index]!, roundTripMs),
        );
    return ways.map(([way], index) => {
      const of = (kind: Kind) => median(rounds[index]!.map((each) => each[kind]));
      const rate = { insert: of('insert'), update: of('update'), unchanged: of('unchanged') };
      return { roundTripMs, way, rate, statements: rounds[index]![0]!.statements };
    });
  } finally {
    for (const ona of onas) await ona.drop();
  }
};

/** Rows a second for each way of writing, at each network delay. */
export const measureWriting = async (
  roundTrips: readonly number[],
  seed: number,
): Promise<Writing[]> => {
  const primero = await startPrimero(Math.ceil(CASES * 1.4), seed);
  const ona = await createOna();
  try {
    const batches = await makeBatches(primero.credential, CASES);
    const locations = await withClient(
      ona.credential,
      async (client) => (await client.query<LocationRow>(SELECT_LOCATIONS)).rows,
    );
    const plain =
      (write: typeof writeValues): Write =>
      async (client, batch) => ({
        ms: await write(client, rowsOf(batch, locations)),
        statements: null,
      });
    const ways: [Way, Write][] = [
      ['ours', writeOurs],
      ['values', plain(writeValues)],
      ...(ona.kind === 'PostgreSQL' ? [['copy', plain(writeCopy)] as [Way, Write]] : []),
    ];
    const results: Writing[] = [];
    for (const roundTripMs of roundTrips)
      results.push(...(await measureAt(roundTripMs, ways, batches, locations)));
    return results;
  } finally {
    await primero.stop();
    await ona.drop();
  }
};
