import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import { createRunner, type State } from '../../local/runner/index.ts';
import { spareMemory } from '../../local/sync/spare-memory.ts';
import type { BatchRun, ChainTask } from './types.ts';

/** An inbox on a free port, which keeps the messages posted to it in the order in which they came. */
const openInbox = async (): Promise<{ url: string; waiting: unknown[]; close(): void }> => {
  const waiting: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      waiting.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, waiting, close: () => server.close() };
};

/** The workflow as the local command runs it, with an inbox of its own: `waiting` has what was posted to it. */
export const openBatchRunner = async ({
  credentials,
  workflowPath,
}: Pick<ChainTask, 'credentials' | 'workflowPath'>) => {
  const inbox = await openInbox();
  const log = createWriteStream(devNull);
  let logBytes = 0;
  const runner = createRunner({
    credentials: { ...credentials, inbox: { inboxUrl: inbox.url, apiKey: 'bench' } },
    ...(workflowPath && { workflowPath }),
    log: ({ text }) => {
      logBytes += Buffer.byteLength(text);
      log.write(`${text}\n`);
    },
  });
  /** One run from a job; throws where it fails. */
  const run = async (start: string, input: State) => {
    const at = performance.now();
    const { state, steps, failed } = await runner.run(start, input);
    if (failed) throw new Error(failed.message);
    return { state, steps, ms: performance.now() - at };
  };
  return {
    waiting: inbox.waiting,
    logBytes: () => logBytes,
    run,
    runBatch: async (message: unknown): Promise<BatchRun> => {
      const { state, steps, ms } = await run('get-cases', { data: message });
      const { summary } = Object(state?.data);
      spareMemory();
      const counts = Object.values(Object(summary?.indicators)) as { fetched: number }[];
      return {
        ...{ ms, steps, complete: summary?.complete === true },
        fetched: counts.reduce((sum, { fetched }) => sum + fetched, 0),
        rss: process.memoryUsage.rss(),
      };
    },
    close: inbox.close,
  };
};
