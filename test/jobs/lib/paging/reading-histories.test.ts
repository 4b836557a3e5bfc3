import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SyncError } from '../../../../jobs/lib/errors.ts';
import {
  nextQuestion,
  type Reading,
  receive,
  startReading,
} from '../../../../jobs/lib/paging/reading.ts';
import { indicatorSource } from '../../../../jobs/lib/paging/source.ts';
import { addSeconds, toMs } from '../../../../jobs/lib/time.ts';
import { type Family, idOf, SmallPrimero } from './small-primero.ts';

const START = Date.parse('2026-07-01T00:00:00Z');
const SECONDS = 6;
const FROM = addSeconds(START, 0);
const TO = addSeconds(START, SECONDS - 1);
const HOUR = 3_600_000;
/** Long after the window: no update that happens now falls into it. */
const NOW = START + HOUR;

/** What happens to a Primero while it is read. */
interface History {
  family: Family;
  /** Times in ms after START, many of them equal. */
  times: number[];
  /** For each question the cases that are updated before it. */
  updates: number[][];
  pageSize: number;
  budget: number;
  /** Whether the search finds an updated case where it was, until the question after the next. */
  lags: boolean;
  seed: number;
}

const history: fc.Arbitrary<History> = fc
  .array(
    fc
      .tuple(fc.nat(SECONDS - 1), fc.constantFrom(0, 0, 0, 1, 500, 999))
      .map(([second, ms]) => second * 1000 + ms),
    { minLength: 1, maxLength: 40 },
  )
  .chain((times) =>
    fc.record({
      family: fc.constantFrom<Family>('milliseconds', 'seconds'),
      times: fc.constantFrom(
        times,
        times.map(() => times[0]!),
      ),
      updates: fc.array(fc.array(fc.nat(times.length - 1), { maxLength: 4 }), { maxLength: 12 }),
      pageSize: fc.integer({ min: 1, max: 9 }),
      budget: fc.oneof(fc.integer({ min: 1, max: 6_000 }), fc.constant(1e6)),
      lags: fc.boolean(),
      seed: fc.nat(),
    }),
  );

/** Puts questions until the reading is done; between them the history goes on. */
const readTo = (start: Reading, primero: SmallPrimero, between: () => void): Reading => {
  let reading = start;
  for (;;) {
    const question = nextQuestion(reading);
    if (!question) return reading;
    if (primero.questions > 5_000) throw new Error('This reading does not end.');
    between();
    const page = primero.answer(question.query, question.page);
    try {
      reading = receive(reading, page, NOW);
    } catch (error) {
      // All cases on the page have changed: the job asks again, and so does this.
      if (!(error instanceof SyncError) || error.code !== 'PRIMERO_BAD_ANSWER') throw error;
    }
  }
};

/** Reads the window batch after batch, as the ledger has it done. */
const readBatches = (
  primero: SmallPrimero,
  limits: { pageSize: number; budget: number },
  between: () => void,
  afterBatch: (reading: Reading) => void,
): void => {
  let from = FROM;
  while (from <= TO) {
    const start = startReading(indicatorSource('reintegration'), { from, to: TO }, limits);
    const reading = readTo(start, primero, between);
    afterBatch(reading);
    expect(reading.coveredTo > from).toBe(true);
    from = reading.coveredTo;
  }
};

const primeroOf = ({ times, family, seed }: History): SmallPrimero =>
  new SmallPrimero(
    times.map((at) => START + at),
    family,
    seed,
  );

/** Lets a whole history happen while the window is read. */
const readAll = (
  each: History,
  afterBatch: (reading: Reading, primero: SmallPrimero) => void,
): void => {
  const primero = primeroOf(each);
  const left = [...each.updates];
  let clock = NOW;
  const between = () => {
    primero.index();
    for (const number of left.shift() ?? []) {
      clock += 7;
      primero.update(number, clock, !each.lags);
    }
  };
  readBatches(primero, each, between, (reading) => afterBatch(reading, primero));
};

/** The cases of Primero that were last updated in a range, `to` excluded, with their times. */
const casesIn = ({ times }: SmallPrimero, from: string, to: string): string[] =>
  times
    .map((at, number) => ({ at, id: idOf(number) }))
    .filter(({ at }) => at >= toMs(from) && at < toMs(to))
    .map(({ at, id }) => `${id} ${new Date(at).toISOString()}`)
    .sort();

const broughtBy = ({ records }: Reading): string[] =>
  records.map(({ id, last_updated_at }) => `${id} ${last_updated_at}`).sort();

test('Whatever is updated while a range is read: nothing that is covered is missing, 2,000 histories', () => {
  fc.assert(
    fc.property(history, (each) => {
      const all = new Set<string>();
      let after: string[] = [];
      readAll(each, (reading, primero) => {
        const brought = broughtBy(reading);
        const covered = casesIn(primero, reading.from, reading.coveredTo);
        expect(covered.filter((line) => !brought.includes(line))).toEqual([]);
        expect(new Set(reading.records.map(({ id }) => id)).size).toBe(brought.length);
        for (const line of brought) all.add(line);
        after = casesIn(primero, FROM, reading.coveredTo);
      });
      expect(after.filter((line) => !all.has(line))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('A batch hands on nothing from beyond what it covers, oldest first, 1,000 histories', () => {
  fc.assert(
    fc.property(history, (each) => {
      readAll(each, ({ records, from, coveredTo }) => {
        const times = records.map(({ last_updated_at }) => toMs(last_updated_at));
        expect(times.filter((at) => at < toMs(from) || at >= toMs(coveredTo))).toEqual([]);
        const seconds = times.map((at) => Math.floor(at / 1000));
        expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
      });
    }),
    { numRuns: 1_000 },
  );
});

test('With nothing updated meanwhile, the batches bring each case once, 1,000 histories', () => {
  fc.assert(
    fc.property(history, (each) => {
      const brought: string[] = [];
      readAll({ ...each, updates: [] }, (reading) => brought.push(...broughtBy(reading)));
      const primero = primeroOf(each);
      expect(brought.sort()).toEqual(casesIn(primero, FROM, addSeconds(TO, 1)));
    }),
    { numRuns: 1_000 },
  );
});

test('A case that is updated within the range while it is read is handed on as it is at the end', () => {
  fc.assert(
    fc.property(history, (each) => {
      const primero = primeroOf(each);
      const brought = new Map<string, number>();
      // The clock of Primero stands at the range's last second, so an update falls into it.
      const between = () => {
        if (primero.questions === 1) primero.update(0, toMs(TO) + 999);
      };
      readBatches(primero, { ...each, budget: 1e6 }, between, ({ records }) => {
        for (const { id, last_updated_at } of records) brought.set(id, toMs(last_updated_at));
      });
      expect(primero.times.map((_, number) => brought.get(idOf(number)))).toEqual(primero.times);
    }),
    { numRuns: 1_000 },
  );
});
