import { firstMessage } from '../jobs/lib/start.ts';
import { toSecond } from '../jobs/lib/time.ts';
import type { PrimeroCredential } from '../local/credentials/schema.ts';
import { openChain } from './chain/open-chain.ts';
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
  /** What the last of the smallest size cost in turn with it, ms a 1,000 cases, and the median ratio of two turns. */
  base?: { msPer1000: number; ratio: number };
};

/** Batches at a place after the first, which also loads and compiles, and is not counted. */
const TURNS = 7;

/** Cases that are left for a batch, so that it can be full. */
const BATCH_CASES = 3500;

/** Of the largest batch; a smaller one, where an indicator comes to its end, shares its fixed costs among fewer cases. */
const FULL = 0.9;

const SHARES = { first: 0, middle: 0.5, last: 1 } as const;

/** The second of the case at a share of all: where a sync stands that has brought over those before it. */
const secondAt = async (
  primero: PrimeroCredential,
  cases: number,
  share: number,
  batches: number,
) => {
  if (share === 0) return '1970-01-01T00:00:00Z';
  const page = Math.floor(Math.min(cases * share, Math.max(1, cases - batches * BATCH_CASES)));
  const { data } = await askPrimero(primero, {
    ...{ order_by: 'last_updated_at', order: 'asc', fields: 'id', per: 1, page },
  });
  return toSecond(String(data[0]!.last_updated_at));
};

/**
 * A chain at a place of a sync, in a process of its own, and ONA as it would be there. A million cases are not
 * synced whole: ONA is filled with as many generated rows and lines of the ledger as it would hold by then.
 * @param batches that follow each other before the chain starts at the place again
 */
const openPlace = async (
  primero: PrimeroCredential,
  cases: number,
  place: Place['place'],
  batches: number,
) => {
  const ona = await createOna();
  const from = await secondAt(primero, cases, SHARES[place], batches);
  const first = firstMessage({}, Date.now(), Math.random);
  const start = { ...first, requests: first.requests.map((request) => ({ ...request, from })) };
  const chain = await openChain({ primero, ona: ona.credential });
  let taken = 0;
  let message: unknown = start;
  return {
    turn: async (): Promise<BatchRun> => {
      if (taken % batches === 0) {
        await prefill(ona.credential, Math.floor(cases * SHARES[place]), from);
        message = start;
      }
      taken += 1;
      const { run, next } = await chain.runBatch(message);
      message = next;
      return run;
    },
    close: async () => {
      await chain.stop();
      await ona.drop();
    },
  };
};

type OpenPlace = Awaited<ReturnType<typeof openPlace>>;

const msPer1000 = ({ ms, fetched }: Pick<BatchRun, 'ms' | 'fetched'>) => (ms * 1000) / fetched;

const stepMs = (run: BatchRun, id: string) =>
  msPer1000({ ...run, ms: run.steps.find((step) => step.id === id)?.ms ?? 0 });

/** Times a place, in turn with the last of the smallest size: the speed of a shared machine changes by the second. */
const measurePlace = async (
  opened: OpenPlace,
  what: Pick<Place, 'cases' | 'place'>,
  smallest?: OpenPlace,
): Promise<Place> => {
  const turns: { run: BatchRun; other: BatchRun | undefined }[] = [];
  for (let turn = 0; turn <= TURNS; turn += 1)
    turns.push({ run: await opened.turn(), other: await smallest?.turn() });
  const largest = Math.max(...turns.map(({ run }) => run.fetched));
  const full = turns.slice(1).filter(({ run }) => run.fetched >= largest * FULL);
  const runs = full.map(({ run }) => run);
  const others = full.flatMap(({ other }) => other ?? []);
  const base = others.length > 0 && {
    msPer1000: median(others.map(msPer1000)),
    ratio: median(others.map((other, index) => msPer1000(runs[index]!) / msPer1000(other))),
  };
  return {
    ...what,
    msPer1000: median(runs.map(msPer1000)),
    getMsPer1000: median(runs.map((run) => stepMs(run, 'get-cases'))),
    upsertMsPer1000: median(runs.map((run) => stepMs(run, 'upsert-cases'))),
    rss: Math.max(...runs.map(({ rss }) => rss)),
    ...(base && { base }),
  };
};

/** Time and memory of batches in the first, the middle and the last part of a sync of so many cases. */
export const measureGrowth = async (sizes: readonly number[], seed: number): Promise<Place[]> => {
  const places: Place[] = [];
  const opened: { close(): Promise<void> }[] = [];
  const primeros: Awaited<ReturnType<typeof startPrimero>>[] = [];
  let smallest: OpenPlace | undefined;
  try {
    for (const cases of sizes) {
      const primero = await startPrimero(cases, seed);
      primeros.push(primero);
      for (const place of ['first', 'middle', 'last'] as const) {
        // Few cases have room for one batch at each place: it is run again and again.
        const batches = cases < 50_000 ? 1 : TURNS + 1;
        const at = await openPlace(primero.credential, cases, place, batches);
        opened.push(at);
        places.push(await measurePlace(at, { cases, place }, smallest));
        if (place === 'last') smallest ??= at;
        if (at !== smallest) await opened.pop()!.close();
      }
    }
    return places;
  } finally {
    for (const each of opened) await each.close();
    for (const primero of primeros) await primero.stop();
  }
};
