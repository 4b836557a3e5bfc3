import { EXIT, type ExitCode } from '../../exit.ts';
import type { SyncResult } from '../../sync/run-sync.ts';
import { closingText } from '../closing.ts';
import { howToGoOn } from '../how-to-go-on.ts';
import { syncDocument } from '../sync-document.ts';
import type { Terminal } from '../terminal.ts';

const EXIT_OF = {
  complete: EXIT.complete,
  'complete but': EXIT.completeBut,
  'dry run': EXIT.complete,
  failed: EXIT.failed,
  interrupted: EXIT.interrupted,
} as const;

/** A sandbox whose invented records are rejected, as they are meant to be, has not failed. */
const exitCodeOf = ({ outcome, sync }: SyncResult, isSandbox: boolean): ExitCode => {
  const hasRejectsOnly = outcome === 'complete but' && (sync?.kind !== 'census' || !sync.reason);
  return isSandbox && hasRejectsOnly ? EXIT.complete : EXIT_OF[outcome];
};

/** `get-cases failed: CODE: …` reads worse than `CODE: … (in get-cases)`. */
const failureText = ({ failed }: SyncResult): string => {
  const { step, message } = failed!;
  const text = step ? `${message} (in ${step})` : message;
  return /^[A-Z][A-Z0-9_]+:/.test(text) ? text : `FAILED: ${text}`;
};

const interruptedText = ({ isWatched, sync }: SyncResult): string => {
  if (isWatched)
    return 'INTERRUPTED: this command stopped watching. The inbox continues, and `status` shows how far it is';
  if (sync?.state === 'under way')
    return 'INTERRUPTED: stopped between two steps. The next `sync` continues from there; `sync --take-over` begins anew';
  return 'INTERRUPTED: stopped. Nothing is half-written, and the next `sync` begins anew';
};

/** How to continue where a batch failed. Other failures, such as another sync under way, already say what to do. */
const goOn = (
  { sync, failed }: SyncResult,
  { json, file }: { json: boolean; file?: string | undefined },
): string[] => {
  const isBatch = failed!.step !== null && (sync === null || sync.state === 'under way');
  return json || !isBatch ? [] : howToGoOn(sync, file);
};

const asJson = (result: SyncResult, exitCode: ExitCode) => {
  const { outcome, failed, sync, isWatched } = result;
  const seconds = Math.round(result.seconds * 10) / 10;
  const error = failed && { code: failed.code, step: failed.step, message: failed.message };
  return { outcome, exitCode, seconds, isWatched, sync: sync && syncDocument(sync), error };
};

/**
 * Prints the result of a sync, and returns the exit code. A failure is one line on stderr, followed by how to
 * continue. That a sync was stopped goes to stderr, too.
 * @param file the credentials file; absent for the sandbox
 */
export const reportResult = (
  result: SyncResult,
  how: { json: boolean; file?: string | undefined; where: string[]; next: string[] },
  { out, err }: Terminal,
): ExitCode => {
  const { outcome } = result;
  const exitCode = exitCodeOf(result, how.file === undefined);
  if (outcome === 'failed')
    err.write(`${[failureText(result), ...goOn(result, how)].join('\n')}\n`);
  if (outcome === 'interrupted') err.write(`${interruptedText(result)}\n`);
  if (how.json) out.write(`${JSON.stringify(asJson(result, exitCode))}\n`);
  else if (outcome !== 'failed' && outcome !== 'interrupted')
    out.write(closingText(result, how.where, how.next, out.columns));
  return exitCode;
};
