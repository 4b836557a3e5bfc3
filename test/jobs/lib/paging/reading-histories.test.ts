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

/** Reads the window batch after batch, as the ledger has it done, and gives back what each batch brought. */
const readAll = (
  { family, times, updates, pageSize, budget, lags, seed }: History,
  afterBatch: (reading: Reading, primero: SmallPrimero) => void,
) => {
  const primero = new SmallPrimero(
    times.map((at) => START + at),
    family,
    seed,
  );
  const left = [...updates];
  let clock = NOW;
  const between = () => {
    primero.index();
    for (const number of left.shift() ?? []) {
      clock += 7;
      primero.update(number, clock, !lags);
    }
  };
  let from = FROM;
  while (from <= TO) {
    const limits = { pageSize, budget };
    const range = { from, to: TO };
    const reading = readTo(
      startReading(indicatorSource('reintegration'), range, limits),
      primero,
      between,
    );
    afterBatch(reading, primero);
    expect(reading.coveredTo > from).toBe(true);
    from = reading.coveredTo;
  }
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

test('Whatever is updated while a range is read: nothing that is covered is missing, 3,000 histories', () => {
  fc.assert(
    fc.property(history, (each) => {
      const all = new Set<string>();
      let last = '';
      readAll(each, (reading, primero) => {
        const brought = broughtBy(reading);
        expect(brought).toEqual(
          expect.arrayContaining(casesIn(primero, reading.from, reading.coveredTo)),
        );
        expect(new Set(reading.records.map(({ id }) => id)).size).toBe(brought.length);
        for (const line of brought) all.add(line);
        last = JSON.stringify(casesIn(primero, FROM, reading.coveredTo));
      });
      expect([...all]).toEqual(expect.arrayContaining(JSON.parse(last)));
    }),
    { numRuns: 3_000 },
  );
});

test('A batch hands on nothing from beyond what it covers, oldest first, 1,000 histories', () => {
  fc.assert(
    fc.property(history, (each) => {
      readAll(each, ({ records, from, coveredTo }) => {
        const times = records.map(({ last_updated_at }) => toMs(last_updated_at));
        for (const at of times) expect(at >= toMs(from) && at < toMs(coveredTo)).toBe(true);
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
      const primero = new SmallPrimero(
        each.times.map((at) => START + at),
        each.family,
      );
      expect(brought.sort()).toEqual(casesIn(primero, FROM, addSeconds(TO, 1)));
    }),
    { numRuns: 1_000 },
  );
});

test('A case that is updated within the range while it is read is handed on as it is at the end', () => {
  fc.assert(
    fc.property(history, ({ times, family, pageSize, seed }) => {
      const primero = new SmallPrimero(
        times.map((at) => START + at),
        family,
        seed,
      );
      // The clock of Primero stands at the range's last second, so an update falls into it.
      const limits = { pageSize, budget: 1e6 };
      const start = startReading(indicatorSource('reintegration'), { from: FROM, to: TO }, limits);
      const reading = readTo(start, primero, () => {
        if (primero.questions === 1) primero.update(0, toMs(TO) + 999);
      });
      expect(broughtBy(reading)).toEqual(
        expect.arrayContaining(casesIn(primero, FROM, addSeconds(TO, 1))),
      );
    }),
    { numRuns: 1_000 },
  );
});
