import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from '../../jobs/lib/message.ts';
import type { Summary } from '../../jobs/lib/types.ts';
import { inProject } from '../paths.ts';
import type { Log } from '../runner/index.ts';
import { type SliceTask, type SliceWord, workOn } from './worker.ts';

export type SlicesRun = {
  credentials: SliceTask['credentials'];
  messages: readonly Message[];
  /** Folder for the slices' inboxes; what is in it is removed. */
  folder: string;
  signal: AbortSignal;
  log?: Log;
  onBatch: (summary: Summary) => void;
};

/** Does what a slice's words ask for; gives why it failed, once it has said its last one. */
const listen = ({ onBatch, log }: SlicesRun) => {
  let end: string | null = 'SLICE_ENDED_EARLY: it ended without a word';
  const hear = (word: SliceWord) => {
    if ('batch' in word) onBatch(word.batch);
    else if ('line' in word) log?.(word.line);
    else end = word.end;
  };
  return { hear, end: () => end };
};

type Work = (run: SlicesRun, task: SliceTask) => Promise<string | null>;

/** In a process of its own. */
const runInChild: Work = (run, task) =>
  new Promise((resolve) => {
    const child = fork(inProject('dist', 'local', 'slice-worker.js'), {
      execArgv: ['--experimental-vm-modules', '--no-warnings'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const { signal } = run;
    const { hear, end } = listen(run);
    const stop = () => child.kill('SIGTERM');
    child.on('message', hear);
    child.once('error', stop);
    child.once('exit', () => {
      signal.removeEventListener('abort', stop);
      resolve(end());
    });
    signal.addEventListener('abort', stop, { once: true });
    child.send({ task });
    if (signal.aborted) stop();
  });

/** In this process, which would only wait else: the sync that follows finds all loaded. */
const runHere: Work = async (run, task) => {
  const { hear, end } = listen(run);
  await workOn(task, run.signal, hear).catch((error: Error) => hear({ end: error.message }));
  return end();
};

/**
 * Runs slices side by side, the first here and the others in processes of their own, each with an inbox of its own,
 * until each has no gap left in its part of the window. What a slice leaves undone does no harm: the ledger has a
 * gap there, and the next sync fills it.
 * @returns why slices failed; none where all went well
 */
export const runSlices = async (run: SlicesRun): Promise<string[]> => {
  const { credentials, messages, folder, log } = run;
  await rm(folder, { recursive: true, force: true });
  const ends = await Promise.all(
    messages.map((message, index) => {
      const task = { credentials, message, inbox: join(folder, String(index + 1)), logs: !!log };
      return (index === 0 ? runHere : runInChild)(run, task);
    }),
  );
  await rm(folder, { recursive: true, force: true });
  return ends.filter((end) => end !== null);
};
