/**
 * One slice of a sync as a process of its own, so that slices use several cores. It gets its task over IPC
 * (`{ task: SliceTask }`) and says each batch and the end. It stops between two steps on SIGTERM, or when the
 * parent goes; what Ctrl-C means is the parent's to say.
 */
import { type SliceTask, type SliceWord, workOn } from './slices/worker.ts';

const abort = new AbortController();
const stop = () => abort.abort();
process.on('SIGINT', () => {});
process.on('SIGTERM', stop);
process.on('disconnect', stop);

const tell = (word: SliceWord) => void (process.connected && process.send?.(word));

process.once('message', ({ task }: { task: SliceTask }) => {
  workOn(task, abort.signal, tell)
    .catch((error: Error) => tell({ end: error.message }))
    .finally(() => process.connected && process.disconnect());
});
