import type { ChainReport } from '../../sync/run-chain.ts';
import { closingText } from '../closing.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, type ExitCode, UserError } from '../user-error.ts';
import { plural } from '../words.ts';

const EXIT_OF = {
  complete: EXIT.complete,
  rejects: EXIT.rejects,
  failed: EXIT.failed,
  interrupted: EXIT.interrupted,
} as const;

/** `get-cases failed: CODE: …` reads worse than `CODE: … (in get-cases)`. */
const failureText = ({ failed }: ChainReport): string => {
  const { step, message } = failed!;
  return step ? `${message} (in ${step})` : message;
};

/** All null where another inbox ran the batches: 0 would say that nothing had changed. */
const movedOf = (totals: ChainReport['totals']) => {
  if (!totals) return { batches: null, cases: null, services: null, surplus: null, unmapped: null };
  const { batches, services, surplus, unmapped, indicators: _, ...cases } = totals;
  return { batches, cases, services, surplus, unmapped };
};

const asJson = (report: ChainReport, exitCode: ExitCode) => {
  const { outcome, failed, totals, status, rejects } = report;
  const seconds = Math.round(report.seconds * 10) / 10;
  const error = failed && { code: failed.code, step: failed.step, message: failed.message };
  return { outcome, exitCode, seconds, ...movedOf(totals), rejects, status, error };
};

/** A batch that is stopped between its commit and its last step is in no count: no count is no "0 batches". */
const interruptedText = ({ totals }: ChainReport): string => {
  if (!totals)
    return 'only the watching stopped; the inbox goes on by itself, and `status` shows how far it is';
  const after = totals.batches > 0 ? ` after ${plural(totals.batches, 'batch', 'batches')}` : '';
  return `stopped${after}; the next \`sync\` goes on from there`;
};

/**
 * Prints what came of a chain, and gives the exit code.
 * A chain that failed is one line on stderr; that it was stopped, too.
 */
export const reportChain = (
  report: ChainReport,
  how: { json: boolean; where: string[]; next: string[] },
  { out, err }: Terminal,
): ExitCode => {
  const exitCode = EXIT_OF[report.outcome];
  if (report.outcome === 'failed') {
    const text = failureText(report);
    err.write(`${/^[A-Z][A-Z0-9_]+:/.test(text) ? text : `FAILED: ${text}`}\n`);
  }
  if (report.outcome === 'interrupted') err.write(`INTERRUPTED: ${interruptedText(report)}\n`);
  if (how.json) out.write(`${JSON.stringify(asJson(report, exitCode))}\n`);
  else if (report.outcome === 'complete' || report.outcome === 'rejects')
    out.write(closingText(report, how.where, how.next));
  return exitCode;
};

/** Two ways of saying where to go at once. */
export const refuseBoth = (sandbox: boolean | undefined, credentials: string | undefined): void => {
  if (sandbox && credentials)
    throw new UserError(
      'USAGE',
      '--sandbox and --credentials exclude each other: leave one out',
      EXIT.usage,
    );
};
