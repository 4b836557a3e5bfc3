/**
 * Runs a chain of batches as the local command does, in a process of its own, so that time and memory
 * are the chain's. Is told a ChainTask, and says `{ ready: ChainResult }` over IPC.
 */
import { once } from 'node:events';
import { LOCAL_BATCH_BYTES } from '../../local/sync/batch-bytes.ts';
import { openBatchRunner } from './batch-runner.ts';
import { bringOverSlices } from './slices.ts';
import type { ChainResult, ChainTask } from './types.ts';
import { watchWire } from './wire.ts';

const [task] = (await once(process, 'message')) as [ChainTask];
const { credentials, slices = 1 } = task;
const { batches = Number.POSITIVE_INFINITY, repeat = false } = task;
const wire = watchWire(Number(new URL(credentials.primero.url).port));
const { waiting, run, runBatch, logBytes, close } = await openBatchRunner(task);

const result: ChainResult = {
  ...{ failed: null, slices: 1, ms: 0, cpuMs: 0, runs: [], primeroBytes: 0, paths: [] },
  ...{ logBytes: 0, highestRss: 0 },
};

const runChain = async () => {
  let cursor: string | undefined;
  if (slices !== 1) {
    const { messages, failures } = await bringOverSlices(credentials, slices);
    result.slices = Math.max(1, messages.length);
    if (failures[0]) throw new Error(failures[0]);
    cursor = messages.at(-1)?.window.to;
  }
  if (task.message) waiting.push(task.message);
  else
    await run('initiate-sync', {
      data: cursor ? { cursor, batchBytes: LOCAL_BATCH_BYTES } : {},
    });
  while (waiting.length > 0 && result.runs.length < batches) {
    result.runs.push(await runBatch(waiting.shift()));
    if (repeat) waiting.splice(0, waiting.length, task.message);
  }
};

const started = performance.now();
const cpu = process.cpuUsage();
await runChain().catch(({ message }: Error) => {
  result.failed = message;
});
result.ms = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
result.cpuMs = (user + system) / 1000;
result.paths = wire.paths;
result.primeroBytes = wire.bytes();
result.logBytes = logBytes();
result.highestRss = process.resourceUsage().maxRSS * 1024;
process.send?.({ ready: result }, () => process.disconnect());
close();
