/**
 * Runs a chain of batches as the local command does, in a process of its own, so that time and memory
 * are the chain's. Is told a ChainTask, and says `{ ready: ChainResult }` over IPC.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import { createRunner, type State } from '../../local/runner/index.ts';
import { LOCAL_BATCH_BYTES } from '../../local/sync/batch-bytes.ts';
import { spareMemory } from '../../local/sync/spare-memory.ts';
import { bringOverSlices } from './slices.ts';
import type { ChainResult, ChainTask } from './types.ts';
import { watchWire } from './wire.ts';

const [task] = (await once(process, 'message')) as [ChainTask];
const { credentials, workflowPath, slices = 1 } = task;
const { batches = Number.POSITIVE_INFINITY, repeat = false } = task;
const wire = watchWire(Number(new URL(credentials.primero.url).port));

const waiting: unknown[] = [];
const inbox = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    waiting.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
});
await new Promise<void>((resolve) => inbox.listen(0, '127.0.0.1', resolve));
const inboxUrl = `http://127.0.0.1:${(inbox.address() as AddressInfo).port}/`;

const log = createWriteStream(devNull);
let logBytes = 0;
const runner = createRunner({
  credentials: { ...credentials, inbox: { inboxUrl, apiKey: 'bench' } },
  ...(workflowPath && { workflowPath }),
  log: ({ text }) => {
    logBytes += Buffer.byteLength(text);
    log.write(`${text}\n`);
  },
});

const result: ChainResult = {
  ...{ failed: null, slices: 1, ms: 0, cpuMs: 0, runs: [], primeroBytes: 0, paths: [] },
  ...{ logBytes: 0, highestRss: 0 },
};

const started = performance.now();
const cpu = process.cpuUsage();
const run = async (start: string, input: State) => {
  const at = performance.now();
  const done = await runner.run(start, input);
  result.failed = done.failed?.message ?? null;
  return { ...done, ms: performance.now() - at };
};

let cursor: string | undefined;
if (slices !== 1) {
  const { messages, failures } = await bringOverSlices(credentials, slices);
  result.slices = Math.max(1, messages.length);
  result.failed = failures[0] ?? null;
  cursor = messages.at(-1)?.window.to;
}
if (task.message) waiting.push(task.message);
else await run('initiate-sync', { data: cursor ? { cursor, batchBytes: LOCAL_BATCH_BYTES } : {} });
while (waiting.length > 0 && result.failed === null && result.runs.length < batches) {
  const { state, steps, ms } = await run('get-cases', { data: waiting.shift() });
  const { summary } = Object(state?.data);
  spareMemory();
  const counts = Object.values(Object(summary?.indicators)) as { fetched: number }[];
  result.runs.push({
    ...{ ms, steps, complete: summary?.complete === true },
    fetched: counts.reduce((sum, { fetched }) => sum + fetched, 0),
    rss: process.memoryUsage.rss(),
  });
  if (repeat) waiting.splice(0, waiting.length, task.message);
}
result.ms = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
result.cpuMs = (user + system) / 1000;
result.paths = wire.paths;
result.primeroBytes = wire.bytes();
result.logBytes = logBytes;
result.highestRss = process.resourceUsage().maxRSS * 1024;
process.send?.({ ready: result }, () => process.disconnect());
inbox.close();
