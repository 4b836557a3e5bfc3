import type { Client } from 'pg';
import type { LocationRow } from '../jobs/lib/mapping/locations.ts';
import { SELECT_LOCATIONS } from '../jobs/lib/sql/begin.ts';
import type { Batch } from '../jobs/lib/types.ts';
import { createOna, withClient } from './servers/database.ts';
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

type Write = (client: Client, batch: Batch) => Promise<{ ms: number; statements: number | null }>;

const measureWay = async (
  way: Way,
  write: Write,
  batches: { fresh: Batch[]; changed: Batch[] },
  locations: LocationRow[],
  roundTripMs: number,
): Promise<Writing> => {
  const ona = await createOna();
  try {
    return await withDelay(ona.credential, roundTripMs, (credential) =>
      withClient(credential, async (client) => {
        const rate = async (all: Batch[]) => {
          let ms = 0;
          let rows = 0;
          for (const batch of all) {
            ms += (await write(client, batch)).ms;
            rows += countRows(rowsOf(batch, locations));
          }
          return (rows * 1000) / ms;
        };
        // Once before, so that what is compiled on first use is there: it writes to no table that stays.
        await client.query('SELECT 1');
        const insert = await rate(batches.fresh);
        const update = await rate(batches.changed);
        await withClient(ona.credential, (other) => other.query('VACUUM ANALYZE'));
        const unchanged = await rate(batches.changed);
        const { statements } = await write(client, batches.changed[0]!);
        return { roundTripMs, way, rate: { insert, update, unchanged }, statements };
      }),
    );
  } finally {
    await ona.drop();
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
      for (const [way, write] of ways)
        results.push(await measureWay(way, write, batches, locations, roundTripMs));
    return results;
  } finally {
    await primero.stop();
    await ona.drop();
  }
};
