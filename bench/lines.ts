import type { Place } from './growth.ts';
import { sum } from './numbers.ts';
import type { Sliced } from './slices.ts';
import type { StartUp } from './start-up.ts';
import type { Measured, Round, WholeSync } from './whole-sync.ts';
import type { Writing } from './writing.ts';

/** One result: a value, what it is held against, their ratio, and what the ratio should be. */
export type Line = {
  benchmark: string;
  what: string;
  value: string;
  against: string;
  ratio: number | null;
  target: string;
  met: boolean | null;
};

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

const mb = (bytes: number): string => `${number(bytes / 1e6, 1)} MB`;

type Target = { least?: number; most?: number };

/** A ratio, held against its target. */
const line = (
  benchmark: string,
  what: string,
  value: string,
  against: string,
  ratio: number | null = null,
  { least, most }: Target = {},
): Line => {
  const target = least ? `≥ ${least}` : most ? `≤ ${most}` : '';
  const met =
    ratio === null || target === ''
      ? null
      : ratio >= (least ?? 0) && ratio <= (most ?? Number.POSITIVE_INFINITY);
  return { benchmark, what, value, against, ratio, target, met };
};

const rateOf = ({ cases, chain }: Measured): number => (cases * 1000) / chain.ms;

const seconds = (ms: number): string => `${number(ms / 1000, 1)} s`;

/** The round whose ratio is the middle one. */
const middle = (rounds: readonly Round[], ratio: (round: Round) => number): Round =>
  [...rounds].sort((a, b) => ratio(a) - ratio(b))[rounds.length >> 1]!;

const WAYS = [
  { of: 'sliced', name: 'as sync does it here', targets: { least: 10, most: 1.5 } },
  { of: 'ours', name: 'one chain, as on the platform', targets: {} },
] as const;

/** Ratios are those of the middle one of the rounds, each beside its parts. */
export const wholeSyncLines = ({ rounds, kind }: WholeSync): Line[] => {
  const name = `1. Whole sync (${kind})`;
  return WAYS.flatMap(({ of, name: way, targets }) => {
    const { least, most } = targets as { least?: number; most?: number };
    const gain = (round: Round) => rateOf(round[of]) / rateOf(round.reference);
    const round = middle(rounds, gain);
    const { chain, cases } = round[of];
    const how = chain.slices > 1 ? `${way}: ${chain.slices} slices` : way;
    const rate = `${number(rateOf(round[of]))} (${seconds(chain.ms)}, ${number(cases)} cases)`;
    const plain = `${number(rateOf(round.reference))} (${number(round.reference.cases)} cases)`;
    const lines = [
      line(name, `cases a second, against the reference; ${how}`, rate, plain, gain(round), {
        ...(least && { least }),
      }),
    ];
    const above = ({ floor, [of]: { chain } }: Round) => (floor ? chain.ms / floor.ms : 0);
    const { floor, [of]: measured } = middle(rounds, above);
    if (floor) {
      const parts = `${seconds(floor.ms)}: fetch ${seconds(floor.fetchMs)}, COPY ${seconds(floor.copyMs)}`;
      lines.push(
        line(
          ...([name, `time, against the floor; ${how}`] as const),
          ...([seconds(measured.chain.ms), parts, measured.chain.ms / floor.ms] as const),
          { ...(most && { most }) },
        ),
      );
    }
    const cpu = `${seconds(chain.cpuMs)} of CPU`;
    const resident = `up to ${mb(chain.highestRss)} resident`;
    return [...lines, line(name, `the command's process; ${how}`, cpu, resident)];
  });
};

/** Most of what a run's steps hand on. */
const stateBytes = ({ chain }: Measured): number =>
  Math.max(...chain.runs.flatMap(({ steps }) => steps.map(({ bytes }) => bytes)));

const keptBytes = ({ chain, cases }: Measured): number =>
  sum(chain.runs.flatMap(({ steps }) => steps.map(({ bytes }) => bytes))) / cases;

/** The reference syncs fewer cases: what it takes is told a case, and its runs for as many as ours. */
export const runsLines = ({ rounds }: WholeSync): Line[] => {
  const { ours, reference } = rounds[0]!;
  const name = '4. Runs and bytes';
  const scale = ours.cases / reference.cases;
  const runs = ours.chain.runs.length;
  const plainRuns = Math.ceil(reference.chain.runs.length * scale);
  const fetched = ours.chain.primeroBytes;
  const plainFetched = reference.chain.primeroBytes * scale;
  const kept = keptBytes(ours) * ours.cases;
  const plainKept = keptBytes(reference) * ours.cases;
  const logged = reference.chain.logBytes * scale;
  const plainState = stateBytes(reference);
  // As it is, its state is over the 2 MB that Core keeps: pages have to be as much smaller.
  const coreRuns = Math.ceil(plainRuns * Math.max(1, plainState / 2e6));
  return [
    line(name, 'runs', number(runs), number(plainRuns), runs / plainRuns, { most: 0.5 }),
    line(name, 'runs, both within Core', number(runs), number(coreRuns), runs / coreRuns, {
      most: 0.5,
    }),
    line(name, 'bytes fetched', mb(fetched), mb(plainFetched), fetched / plainFetched, {
      most: 0.1,
    }),
    line(name, 'bytes kept as state', mb(kept), mb(plainKept), kept / plainKept, { most: 0.1 }),
    line(
      name,
      'largest state',
      mb(stateBytes(ours)),
      mb(plainState),
      stateBytes(ours) / plainState,
    ),
    line(name, 'bytes logged', mb(ours.chain.logBytes), mb(logged), ours.chain.logBytes / logged),
  ];
};

export const growthLines = (places: readonly Place[]): Line[] =>
  places.map(({ cases, place, base, rss, msPer1000, getMsPer1000, upsertMsPer1000 }) => {
    const what = `${number(cases)} cases, ${place}: ms a 1,000 cases`;
    const value = `${number(msPer1000)} (get ${number(getMsPer1000)}, upsert ${number(upsertMsPer1000)}); ${mb(rss)}`;
    if (base === undefined) return line('2. Growth', what, value, '');
    const against = `last of ${number(places[0]!.cases)}: ${number(base.msPer1000)}`;
    const target = place === 'last' ? { most: 1.2 } : {};
    return line('2. Growth', what, value, against, base.ratio, target);
  });

export const writingLines = (results: readonly Writing[]): Line[] =>
  results
    .filter(({ way }) => way === 'ours')
    .flatMap((ours) => {
      const { roundTripMs, rate, statements } = ours;
      const other = (way: Writing['way']) =>
        results.find((each) => each.way === way && each.roundTripMs === roundTripMs);
      const name = `3. Writing, ${roundTripMs} ms`;
      const rows = (value: number) => `${number(value)} rows/s`;
      const lines: Line[] = [];
      for (const kind of ['insert', 'update', 'unchanged'] as const)
        for (const way of ['values', 'copy'] as const) {
          const plain = other(way);
          if (!plain) continue;
          const target = kind === 'insert' && way === 'copy' ? { least: 0.5 } : {};
          const what = `${kind}, against ${way === 'copy' ? 'COPY + merge' : 'VALUES'}`;
          const ratio = rate[kind] / plain.rate[kind];
          lines.push(line(name, what, rows(rate[kind]), rows(plain.rate[kind]), ratio, target));
        }
      const ratio = rate.unchanged / rate.insert;
      const statementsText = `${rows(rate.insert)}; ${statements} statements`;
      lines.push(
        line(name, 'unchanged, against insert', rows(rate.unchanged), statementsText, ratio, {
          least: 3,
        }),
      );
      return lines;
    });

export const startUpLines = ({ firstMs, laterMs, jobs }: StartUp): Line[] => {
  const sizes = Object.entries(jobs).map(([name, bytes]) => `${name} ${number(bytes / 1000)} kB`);
  return [
    line(
      '5. Start-up',
      'an empty batch, later ones',
      `${number(laterMs)} ms`,
      `first of a process: ${number(firstMs)} ms`,
    ),
    line(
      '5. Start-up',
      'built jobs',
      `${number(sum(Object.values(jobs)) / 1000)} kB`,
      sizes.join('\n'),
    ),
  ];
};

/** How many times faster slices are. */
export const sliceLines = (results: readonly Sliced[]): Line[] => {
  const one = results[0]?.ms ?? 0;
  return results.map(({ slices, ms }) =>
    line('6. Slices', `${slices} at once`, seconds(ms), seconds(one), one / ms),
  );
};
