/**
 * `npm run bench`: what a sync costs, each result a ratio beside its parts. Servers run in processes of their own; databases
 * are made for it and dropped.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureGrowth } from './measures/growth.ts';
import { measureStartUp } from './measures/start-up.ts';
import { measureUnchanged } from './measures/unchanged.ts';
import { measureViews } from './measures/views.ts';
import { measureWholeSync } from './measures/whole-sync.ts';
import { type Result, told, toTable } from './result.ts';
import { dropAll, serverVersion } from './servers/ona.ts';

const say = (text: string) => void process.stderr.write(`${text}\n`);

const MEASURES: Record<string, (cases: number) => Promise<Result[]>> = {
  sync: (cases) => measureWholeSync(cases, say),
  growth: () => measureGrowth(say),
  'start-up': () => measureStartUp(),
  unchanged: () => measureUnchanged(say),
  views: () => measureViews(say),
};

const NEED_SERVER = ['growth', 'views'];

const USAGE = `npm run bench -- [--json] [--cases N] [--only ${Object.keys(MEASURES).join('|')}]
  --cases  cases in Primero for "sync": 1,000 to 200,000; 20,000 by default
  --json   all results as JSON
`;

const INTERRUPTED = 130;

let interrupted = false;

/** Ctrl-C, and SIGTERM: databases are dropped; the processes end with this one. A second one does not wait for that. */
const cleanUp = async () => {
  interrupted = true;
  process.once('SIGINT', () => process.exit(INTERRUPTED));
  say('Interrupted: databases are dropped.');
  await dropAll();
  process.exit(INTERRUPTED);
};

/** What the figures were taken on. */
const describeMachine = async () => ({
  date: new Date().toISOString().slice(0, 10),
  cores: cpus().length,
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  load: Math.round(loadavg()[0]! * 10) / 10,
  node: process.versions.node,
  postgresql: (await serverVersion()) ?? 'embedded',
});

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    cases: { type: 'string', default: '20000' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const { json, cases, only, help } = values;

const measureAll = async () => {
  const machine = await describeMachine();
  const results: Result[] = [];
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (only !== undefined && only !== name) continue;
    say(`${name} …`);
    if (machine.postgresql === 'embedded' && NEED_SERVER.includes(name))
      results.push(told(name, 'not measured: it needs a PostgreSQL server'));
    else results.push(...(await measure(Number(cases))));
  }
  if (json) process.stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`);
  else process.stdout.write(`${Object.entries(machine).flat().join(' ')}\n${toTable(results)}\n`);
};

if (help) process.stdout.write(USAGE);
else if (!(Number(cases) >= 1000 && Number(cases) <= 200_000) || (only && !MEASURES[only])) {
  say(USAGE);
  process.exitCode = 2;
} else {
  process.once('SIGINT', cleanUp);
  process.once('SIGTERM', cleanUp);
  try {
    await measureAll();
  } catch (error) {
    // What is under way fails, as its database goes.
    if (interrupted) await new Promise(() => {});
    say(`The benchmark stopped: ${(error as Error).message}`);
    await dropAll();
    process.exit(1);
  }
}
