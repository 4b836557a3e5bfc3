import { firstMessage } from '../jobs/lib/start.ts';
import { toSecond } from '../jobs/lib/time.ts';
import type { PrimeroCredential } from '../local/credentials/schema.ts';
import { runChain } from './chain/run-chain.ts';
import type { BatchRun } from './chain/types.ts';
import { median } from './numbers.ts';
import { prefill } from './prefill.ts';
import { createOna } from './servers/database.ts';
import { askPrimero, startPrimero } from './servers/primero.ts';

/** What 1,000 cases cost at one place of a sync. */
export type Place = {
  cases: number;
  place: 'first' | 'middle' | 'last';
  msPer1000: number;
  getMsPer1000: number;
  upsertMsPer1000: number;
  rss: number;
  /** What the last of the smallest size cost at the time, ms a 1,000 cases. */
  base?: number;
};

/** Batches at each place; the first of a process also loads and compiles, and is not counted. Few cases have few. */
const batchesOf = (cases: number): number => (cases < 50_000 ? 4 : 7);

const SHARES = { first: 0, middle: 0.5, last: 1 } as const;

/** The second of the case at a share of all: where a sync stands that has brought over those before it. */
const secondAt = async (primero: PrimeroCredential, cases: number, share: number) => {
  if (share === 0) return '1970-01-01T00:00:00Z';
  // Room for the batches, which are to be as full at the end: of few cases that leaves none but the first.
  const page = Math.floor(Math.min(cases * share, Math.max(1, cases - batchesOf(cases) * 2600)));
  const { data } = await askPrimero(primero, {
    ...{ order_by: 'last_updated_at', order: 'asc', fields: 'id', per: 1, page },
  });
  return toSecond(String(data[0]!.last_updated_at));
};

const stepMs = ({ steps }: BatchRun, id: string) => steps.find((step) => step.id === id)?.ms ?? 0;

const measurePlace = async (
  primero: PrimeroCredential,
  cases: number,
  place: Place['place'],
): Promise<Place> => {
  const ona = await createOna();
  try {
    const from = await secondAt(primero, cases, SHARES[place]);
    await prefill(ona.credential, Math.floor(cases * SHARES[place]), from);
    const first = firstMessage({}, Date.now(), Math.random);
    const message = {
      ...first,
      requests: first.requests.map((request) => ({ ...request, from })),
    };
    const credentials = { primero, ona: ona.credential };
    const { runs } = await runChain({ credentials, message, batches: batchesOf(cases) });
    const per1000 = (ms: (run: BatchRun) => number) =>
      median(
        runs
          .slice(1)
          .filter(({ fetched }) => fetched > 1000)
          .map((run) => (ms(run) * 1000) / run.fetched),
      );
    return {
      ...{ cases, place },
      msPer1000: per1000(({ ms }) => ms),
      getMsPer1000: per1000((run) => stepMs(run, 'get-cases')),
      upsertMsPer1000: per1000((run) => stepMs(run, 'upsert-cases')),
      rss: Math.max(...runs.map(({ rss }) => rss)),
    };
  } finally {
    await ona.drop();
  }
};

/**
 * Time and memory of batches in the first, the middle and the last part of a sync. A million cases are not
 * synced whole: ONA is filled with as many generated rows and lines of the ledger as it would hold by then.
 * The last batches of the smallest size are measured before and after each larger one, as the speed of a machine
 * that is shared changes by the minute.
 */
export const measureGrowth = async (
  [smallest, ...larger]: readonly number[],
  seed: number,
): Promise<Place[]> => {
  const few = await startPrimero(smallest!, seed);
  const ofFew = (place: Place['place']) => measurePlace(few.credential, smallest!, place);
  try {
    const places = [await ofFew('first'), await ofFew('middle')];
    let before = await ofFew('last');
    places.push(before);
    for (const cases of larger) {
      const primero = await startPrimero(cases, seed);
      const measured: Place[] = [];
      for (const place of ['first', 'middle', 'last'] as const)
        measured.push(await measurePlace(primero.credential, cases, place));
      await primero.stop();
      const after = await ofFew('last');
      const base = (before.msPer1000 + after.msPer1000) / 2;
      places.push(...measured.map((place) => ({ ...place, base })));
      before = after;
    }
    return places;
  } finally {
    await few.stop();
  }
};
