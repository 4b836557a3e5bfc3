import { once } from 'node:events';
import { forkBench } from '../servers/fork.ts';
import type { BatchRun, ChainTask } from './types.ts';

/** A batch that was run, and the message that follows from it; null where none does. */
type Turn = { run: BatchRun; next: unknown };

/** A process that runs a batch whenever it is asked to, so that two of them can take turns. */
export const openChain = async (credentials: ChainTask['credentials']) => {
  const { child, stop } = await forkBench<true>('turn-process', { credentials }, [
    '--experimental-vm-modules',
  ]);
  const runBatch = async (message: unknown): Promise<Turn> => {
    child.send({ message });
    const [{ turn, failed }] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => [{ failed: 'turn-process ended' }]),
    ])) as [{ turn?: Turn; failed?: string }];
    if (!turn) throw new Error(failed);
    return turn;
  };
  return { runBatch, stop };
};
