import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writePrivateJson } from '../credentials/write.ts';
import { inProject } from '../paths.ts';
import { toFailure } from '../runner/failure.ts';
import type { Failure, LogLine, Runner, RunnerOptions, State } from '../runner/index.ts';
import { readJsonFile } from '../sync/json-file.ts';
import { UserError } from '../user-error.ts';
import { type CliEnd, spawnCli } from './spawn-cli.ts';

/** A process that crashed does not say why. The cause may pass, and a run may always be run again. */
const PAUSES_MS = [2000, 15_000];

const SOURCES: Record<string, LogLine['source']> = { 'R/T': 'runtime', CLI: 'runtime', JOB: 'job' };

/** A printed line. Adaptors print without a mark at the start. */
const toLogLine = (line: string): LogLine => {
  const [, mark = '', text = line] = /^\[(R\/T|CLI|JOB)\]\s+(.*)$/.exec(line) ?? [];
  const level = text.startsWith('✘') ? 'error' : 'info';
  return { level, source: SOURCES[mark] ?? 'adaptor', step: null, text };
};

/** Words of Node and PostgreSQL for a server that does not answer. Any other text may quote an answer. */
const plainReason = (crash: string | null): string =>
  /^(connect E[A-Z]+|getaddrinfo E[A-Z_]+|read ECONNRESET)/.exec(crash ?? '')?.[1] ?? '';

const crashed = ({ code, stopped, crash }: CliEnd): Failure => {
  if (stopped === 'signal')
    return toFailure(
      null,
      new UserError('INTERRUPTED', 'stopped on request', 'the next run goes on from here'),
    );
  if (stopped === 'time')
    return toFailure(null, new UserError('RUN_TIMEOUT', 'openfn did not end within 15 minutes'));
  const reason = plainReason(crash);
  const why = reason === '' ? `with code ${code}` : `with code ${code} (${reason})`;
  return toFailure(
    null,
    new UserError('CLI_CRASHED', `openfn ended ${why} before it wrote a result`),
  );
};

const failureIn = (state: State): Failure | null => {
  const [first] = Object.entries(state.errors ?? {});
  return first ? toFailure(first[0], first[1]) : null;
};

/**
 * A runner that hands each run to the official CLI, in a process of its own, with the official
 * adaptors that it installs. Same results as `createRunner`, without the sizes of states.
 *
 * Credentials, input and result are in a folder that only its owner can read, and which goes with
 * the run: a run that failed leaves records in its state.
 * @param path of `openfn`
 * @param pausesMs before each further attempt, where a run crashed
 */
export const createCliRunner = (
  path: string,
  options: RunnerOptions,
  pausesMs: readonly number[] = PAUSES_MS,
): Runner => {
  const { credentials, log, signal, workflowPath = inProject('workflow.json') } = options;

  const attempt = async (start: string, input: State) => {
    const folder = await mkdtemp(join(tmpdir(), 'primero-ona-run-'));
    const file = (name: string) => join(folder, `${name}.json`);
    try {
      await writePrivateJson(file('credentials'), credentials);
      await writePrivateJson(file('input'), input);
      const args = [
        workflowPath,
        ...['--credentials', file('credentials'), '--start', start],
        // A cache of steps would keep records beside workflow.json.
        ...['-s', file('input'), '-o', file('output'), '--no-cache-steps'],
      ];
      const onLine = (line: string) => log?.(toLogLine(line));
      const end = await spawnCli(path, args, { signal, onLine });
      const state = await readJsonFile<State>(file('output'));
      const failed = (state && failureIn(state)) ?? (state && end.code === 0 ? null : crashed(end));
      return { ok: failed === null, state, failed, steps: [], adaptors: {} };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  const run: Runner['run'] = async (start, input) => {
    for (const pause of pausesMs) {
      const result = await attempt(start, input);
      if (result.failed?.code !== 'CLI_CRASHED') return result;
      await sleep(pause, undefined, { ...(signal && { signal }) }).catch(() => {});
    }
    return attempt(start, input);
  };

  return { run };
};
