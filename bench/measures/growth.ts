import { firstMessage } from '../../jobs/message/first.ts';
import type { Message } from '../../jobs/message/message.ts';
import { median, sum } from '../arithmetic.ts';
import { compared, number, type Result } from '../result.ts';
import { childrenOf, openRunners, type Run } from '../runs/runner.ts';
import { runSync } from '../runs/sync.ts';
import { type BenchOna, copyOna, createOna } from '../servers/ona.ts';
import { openPrimero } from '../servers/primero.ts';
import { fillUp } from './fill-up.ts';

/** The sandbox has some 10,000 children among so many cases. */
const CASES = 11_350;
const MANY = 1_000_000;
const TURNS = 5;

/** What a batch does with its children. */
const KINDS = ['new', 'unchanged'] as const;

type Turn = Record<(typeof KINDS)[number], Run>;

/** Takes out of ONA what the batch is about to bring. */
const forget = async ({ query }: BenchOna): Promise<void> => {
  const read = `(SELECT primero_id FROM cases WHERE primero_created_at <
    (SELECT max(window_to) FROM sync_windows JOIN syncs USING (sync_id) WHERE state = 'under way'))`;
  for (const table of ['services', 'case_indicators', 'cases'])
    await query(`DELETE FROM ${table} WHERE primero_id IN ${read}`);
  await query('VACUUM cases, services, case_indicators');
};

/** Runs the batch of a census that reads its first windows, over and over. */
const openChain = async (ona: BenchOna, primero: Parameters<typeof openRunners>[0]['primero']) => {
  const { waiting, runners, close } = await openRunners({ primero, ona: ona.credential });
  const [run] = runners;
  /** The third batch of a new sync: the second one asks about a sample of ONA's children, whom this Primero lacks. */
  const runBatch = async (): Promise<Run> => {
    const first = firstMessage({ takeOver: true }, Date.now(), Math.random());
    await run!('get-cases', first);
    const next = waiting.splice(0).at(-1) as Message;
    const done = await run!('get-cases', { ...next, batch: 3, ask: [] });
    waiting.splice(0);
    if (done.error) throw new Error(done.error);
    return done;
  };
  return {
    turn: async (): Promise<Turn> => {
      await forget(ona);
      return { new: await runBatch(), unchanged: await runBatch() };
    },
    warmUp: runBatch,
    close,
  };
};

const upsertMs = ({ steps }: Run): number =>
  sum(steps.filter(({ id }) => id === 'upsert-cases').map(({ ms }) => ms));

const toResults = (few: readonly Turn[], many: readonly Turn[]): Result[] =>
  KINDS.flatMap((kind) => {
    const children = childrenOf(few[0]![kind]);
    const compare = (what: string, time: (run: Run) => number, target: object) => {
      const [a, b] = [many, few].map((turns) => turns.map((turn) => time(turn[kind])));
      const ratios = a!.map((ms, turn) => ms / b![turn]!);
      const texts = [a!, b!].map((all) => `${number(median(all))} ms`);
      return compared(what, [texts[0]!, texts[1]!], median(ratios), target);
    };
    const what = `growth: a batch of ${number(children)} ${kind} children`;
    return [
      compare(what, ({ ms }) => ms, { most: 1.2 }),
      compare(`${what}: job 2 alone`, upsertMs, {}),
    ];
  });

/** What a batch costs beside what Primero charges, where ONA holds 10,000 cases and where it holds a million; in turns. */
export const measureGrowth = async (say: (text: string) => void): Promise<Result[]> => {
  const primero = await openPrimero({ cases: CASES });
  const few = await createOna();
  await runSync({ primero: primero.credential, ona: few.credential }, 1);
  const many = await copyOna(few);
  say('ONA is filled up with a million cases');
  await fillUp(many, MANY);
  await few.query('VACUUM ANALYZE');
  const chains = [
    await openChain(few, primero.credential),
    await openChain(many, primero.credential),
  ];
  try {
    for (const { warmUp } of chains) await warmUp();
    const turns: Turn[][] = [[], []];
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const [index, chain] of chains.entries()) turns[index]!.push(await chain.turn());
      say(`growth: turn ${turn + 1} of ${TURNS}`);
    }
    return toResults(turns[0]!, turns[1]!);
  } finally {
    for (const { close } of chains) await close();
    await primero.close();
    await few.drop();
    await many.drop();
  }
};
