import { forkBench } from '../servers/fork.ts';
import type { ChainResult, ChainTask } from './types.ts';

/** Runs a chain in a process of its own; throws when a batch fails. */
export const runChain = async (task: ChainTask): Promise<ChainResult> => {
  const { ready, stop } = await forkBench<ChainResult>('chain-process', task, [
    '--experimental-vm-modules',
  ]);
  await stop();
  if (ready.failed) throw new Error(ready.failed);
  return ready;
};
