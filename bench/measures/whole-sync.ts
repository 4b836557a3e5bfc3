import { totalQuery } from '../../jobs/asking/question.ts';
import { INDICATORS } from '../../jobs/indicators.ts';
import { allowedRequests, runsFor, sum, type Target } from '../arithmetic.ts';
import { walkBare } from '../questions/bare-walk.ts';
import { askAsPredecessor } from '../questions/predecessor.ts';
import { compared, number, type Result, seconds, told } from '../result.ts';
import { childrenOf } from '../runs/runner.ts';
import { runSync, type Synced } from '../runs/sync.ts';
import { type BenchOna, createOna } from '../servers/ona.ts';
import { type Asked, askPrimero, type BenchPrimero, openPrimero } from '../servers/primero.ts';

/** One way through all cases: how long it took, and what it asked. */
interface Way extends Asked {
  ms: number;
  /** How a sync went. */
  synced?: Synced;
}

const WAYS = {
  predecessor: "the predecessor's questions",
  floor: 'a bare walk of the two questions',
  ours: 'ours, one chain',
  twoParts: 'ours, two parts at once',
  unchanged: 'ours again, nothing has changed',
};

type Ways = Record<keyof typeof WAYS, Way>;

interface Measured extends Ways {
  children: number;
  /** Records that the two questions have to bring. */
  wanted: number;
}

type Say = (text: string) => void;

const measure = async (primero: BenchPrimero, say: Say): Promise<Measured> => {
  const { credential } = primero;
  const totals = INDICATORS.map((indicator) => totalQuery(indicator, 'all'));
  const answers = await Promise.all(totals.map((query) => askPrimero(credential, query)));
  const wanted = sum(answers.map(({ metadata }) => metadata.total));
  await primero.asked();
  const take = async <T>(way: keyof Ways, work: () => Promise<T>) => {
    const began = performance.now();
    const done = await work();
    const ms = performance.now() - began;
    say(`${WAYS[way]}: ${seconds(ms)}`);
    return { done, ms, ...(await primero.asked()) };
  };
  const ona = await createOna();
  const other = await createOna();
  const sync = async (way: keyof Ways, into: BenchOna, parts: number) => {
    const connections = { primero: credential, ona: into.credential };
    const { done, ...rest } = await take(way, () => runSync(connections, parts));
    return { ...rest, synced: done };
  };
  try {
    const ways = {
      predecessor: await take('predecessor', () => askAsPredecessor(credential)),
      floor: await take('floor', () => walkBare(credential)),
      ours: await sync('ours', ona, 1),
      twoParts: await sync('twoParts', other, 2),
      unchanged: await sync('unchanged', ona, 1),
    };
    const [row] = await ona.query('SELECT count(*) AS children FROM cases');
    return { ...ways, children: Number(row!.children), wanted };
  } finally {
    await ona.drop();
    await other.drop();
  }
};

const describeWay = ({ ms, requests, records, chargedMs, synced }: Way): string =>
  [
    `${seconds(ms)}`,
    `${requests} requests`,
    `${number(records)} records`,
    ...(chargedMs > 0 ? [`Primero charged ${seconds(chargedMs)}`] : []),
    ...(synced ? [`${synced.runs.length} runs, ${seconds(synced.cpuMs)} of CPU`] : []),
  ].join(', ');

/** The time of one way against that of another. */
const times = (
  measured: Measured,
  of: keyof Ways,
  against: keyof Ways,
  target: Target = {},
): Result => {
  const [a, b] = [measured[of].ms, measured[against].ms];
  return compared(`time: ${WAYS[of]} / ${WAYS[against]}`, [seconds(a), seconds(b)], a / b, target);
};

/** What Primero alone takes: these ratios are the same on every machine. */
const charges = (measured: Measured): Result[] =>
  (
    [
      ['ours', 'floor'],
      ['predecessor', 'ours'],
    ] as const
  ).map(([of, against]) => {
    const [a, b] = [measured[of].chargedMs, measured[against].chargedMs];
    return compared(`charged: ${WAYS[of]} / ${WAYS[against]}`, [seconds(a), seconds(b)], a / b);
  });

const toResults = (name: string, measured: Measured, areTargets: boolean): Result[] => {
  const target = (value: Target) => (areTargets ? value : {});
  return [
    ...Object.entries(WAYS).map(([way, what]) =>
      told(`${name}: ${what}`, describeWay(measured[way as keyof Ways])),
    ),
    times(measured, 'ours', 'floor', target({ most: 1.25 })),
    times(measured, 'predecessor', 'ours', target({ least: 3 })),
    times(measured, 'predecessor', 'twoParts', target({ least: 5 })),
    times(measured, 'unchanged', 'floor'),
    ...(areTargets ? charges(measured) : []),
  ];
};

/** What does not depend on the machine. */
const counted = (measured: Measured): Result[] =>
  (['ours', 'unchanged'] as const).flatMap((way) => {
    const { children, wanted } = measured;
    const { requests, records, synced } = measured[way];
    const runs = synced!.runs.length;
    const batches = synced!.runs.map(childrenOf).filter((read) => read > 0);
    const allowed = allowedRequests(children);
    const of20000 = runsFor(20_000, batches);
    return [
      compared(
        `requests: ${WAYS[way]}`,
        [
          number(requests),
          `2 for 1,000 of ${number(children)} children, and 35: ${number(allowed)}`,
        ],
        requests / allowed,
        { most: 1 },
      ),
      compared(
        `records served: ${WAYS[way]}`,
        [number(records), `what two questions have to bring: ${number(wanted)}`],
        records / wanted,
        { most: 1.05 },
      ),
      compared(
        `runs for 20,000 children: ${WAYS[way]}`,
        [`${of20000} (here ${runs} for ${number(children)})`, '6'],
        of20000 / 6,
        way === 'ours' ? { most: 1 } : {},
      ),
    ];
  });

/** Whole syncs of a Primero of the 2.14 family that takes as long as a real one, and of one that is free. */
export const measureWholeSync = async (cases: number, say: Say): Promise<Result[]> => {
  const results: Result[] = [];
  for (const costs of [true, false]) {
    const name = costs ? 'at costs' : 'free';
    const primero = await openPrimero({ cases, family: '2.14', costs });
    try {
      const measured = await measure(primero, (text) => say(`${name}: ${text}`));
      results.push(...toResults(name, measured, costs), ...(costs ? counted(measured) : []));
    } finally {
      await primero.close();
    }
  }
  return results;
};
