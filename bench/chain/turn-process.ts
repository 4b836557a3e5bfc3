/**
 * Runs one batch each time that it is told to, in a process of its own. Is told `{ credentials }` first, and says
 * `{ ready: true }`; then each `{ message }`, and says `{ turn }` or `{ failed }` over IPC.
 */
import { once } from 'node:events';
import { openBatchRunner } from './batch-runner.ts';
import type { ChainTask } from './types.ts';

const [task] = (await once(process, 'message')) as [Pick<ChainTask, 'credentials'>];
const { waiting, runBatch } = await openBatchRunner(task);
process.on('disconnect', () => process.exit());
process.on('message', async ({ message }: { message: unknown }) => {
  try {
    const run = await runBatch(message);
    process.send?.({ turn: { run, next: waiting.shift() ?? null } });
  } catch (error) {
    process.send?.({ failed: (error as Error).message });
  }
});
process.send?.({ ready: true });
