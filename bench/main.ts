/**
 * `npm run bench`: measures the sync, each result a ratio beside its parts. Servers run in processes
 * of their own; databases are made for it and dropped.
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { onInterrupt } from '../local/cli/interrupt.ts';
import { EXIT } from '../local/user-error.ts';
import { measureGrowth } from './growth.ts';
import {
  growthLines,
  type Line,
  runsLines,
  sliceLines,
  startUpLines,
  wholeSyncLines,
  writingLines,
} from './lines.ts';
import { describeMachine } from './machine.ts';
import { dropAll } from './servers/database.ts';
import { measureSlices } from './slices.ts';
import { measureStartUp } from './start-up.ts';
import { measureWholeSync } from './whole-sync.ts';
import { measureWriting } from './writing.ts';

const USAGE = `npm run bench -- [--json] [--cases N] [--seed N] [--only sync|growth|writing|start-up|slices]
  --cases  cases of the whole sync, 50000; growth is measured at a fifth, at twice and at 20 times as many`;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    cases: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const cases = Number(values.cases);
const seed = Number(values.seed);
const sizes = [cases / 5, cases * 2, cases * 20].map(Math.ceil);

const BENCHMARKS: Record<string, () => Promise<Line[]>> = {
  sync: async () => {
    const measured = await measureWholeSync(cases, seed);
    return [...wholeSyncLines(measured), ...runsLines(measured)];
  },
  growth: async () => growthLines(await measureGrowth(sizes, seed)),
  writing: async () => writingLines(await measureWriting([0, 10], seed)),
  'start-up': async () => startUpLines(await measureStartUp(seed)),
  slices: async () => sliceLines(await measureSlices([1, 2, 4], cases, seed)),
};

const say = (text: string) => process.stderr.write(`${text}\n`);

const { signal } = onInterrupt(() => say('Interrupted: databases are dropped.'));
signal.addEventListener('abort', async () => {
  await dropAll();
  process.exit(EXIT.interrupted);
});

const print = (machine: object, lines: readonly Line[]) => {
  const table = new Table({
    head: ['benchmark', 'what', 'ours', 'against', 'ratio', 'target', ''],
    style: { head: [], border: [], compact: true },
  });
  for (const { benchmark, what, value, against, ratio, target, met } of lines) {
    const verdict = met === null ? '' : met ? 'met' : 'MISSED';
    table.push([benchmark, what, value, against, ratio?.toPrecision(3) ?? '', target, verdict]);
  }
  const about = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  process.stdout.write(`${about.join(', ')}\n${table}\n`);
};

if (values.help) {
  process.stdout.write(`${USAGE}\n`);
} else if (
  !(cases >= 1000 && cases <= 50_000) ||
  !Number.isInteger(seed) ||
  (values.only && !BENCHMARKS[values.only])
) {
  say(`USAGE: ${USAGE}\n--cases takes 1000 to 50000`);
  process.exitCode = 2;
} else {
  const machine = { ...(await describeMachine()), seed };
  const lines: Line[] = [];
  for (const [name, measure] of Object.entries(BENCHMARKS)) {
    if (values.only && values.only !== name) continue;
    const started = performance.now();
    try {
      lines.push(...(await measure()));
    } catch (error) {
      // Its processes have ended, and its databases are being dropped.
      if (signal.aborted) break;
      say(`${name}: ${(error as Error).message}`);
      process.exitCode = 1;
      continue;
    }
    say(`${name}: measured in ${Math.round((performance.now() - started) / 1000)} s`);
  }
  if (values.json && !signal.aborted)
    process.stdout.write(`${JSON.stringify({ machine, lines }, null, 2)}\n`);
  else if (!signal.aborted) print(machine, lines);
}
