import getCases from '../../jobs/1-get-cases.ts';
import upsertCases from '../../jobs/2-upsert-cases.ts';
import { firstMessage } from '../../jobs/message/first.ts';
import type { Message } from '../../jobs/message/message.ts';
import type { Summary } from '../../jobs/writing/summary.ts';
import { execute as executePostgresql } from '../../local/adaptors/postgresql/index.ts';
import { execute as executePrimero } from '../../local/adaptors/primero/index.ts';
import type { Primero } from '../../local/primero/index.ts';
import { createRunner, type RunnerOptions, type State } from '../../local/runner/index.ts';
import { builtStep, workflowWith } from '../local/runner/workflow-folder.ts';
import type { TestOna } from './ona.ts';

// Adaptors and jobs print a line for each request: nobody reads them here.
for (const level of ['log', 'warn', 'error'] as const) console[level] = () => {};

/** The two servers that a census runs between. */
export type Servers = {
  primero: Pick<Primero, 'credential'>;
  ona: Pick<TestOna, 'credentials'>;
};

/** What came of a step, or of a batch: its final state, and the text of its error. */
export type Ran = { state: State; error: string | null };

/** A sync, batch by batch. */
export type Synced = {
  runs: Ran[];
  /** What each batch did; null where it failed before it could say. */
  summaries: (Summary | null)[];
  /** The messages of its batches. */
  messages: Message[];
  last: Summary;
  /** The text of its first error. */
  error: string | null;
};

/** The steps of a batch as they can be run, one by one or together. */
export type Census = {
  /** What get-cases makes of a message. */
  get(message: object): Promise<Ran>;
  /** What upsert-cases makes of what get-cases handed on. */
  upsert(state: State): Promise<Ran>;
  /** Both. */
  batch(message: object): Promise<Ran>;
  /** A message and all that follow it. */
  chain(message: object): Promise<Synced>;
  /** A whole sync, as `initiate-sync` begins it with this input; a census where there is none. */
  sync(input?: object): Promise<Synced>;
};

type Step = (state: State) => Promise<Ran>;

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value));

const nextOf = ({ state }: Ran): Message[] =>
  (Object(state.data) as { next?: Message[] }).next ?? [];

const summaryOf = ({ state }: Ran): Summary | null =>
  (Object(state.data) as { summary?: Summary }).summary ?? null;

const together = (get: (message: object) => Promise<Ran>, upsert: Step): Census => {
  const batch = async (message: object) => {
    const got = await get(message);
    return got.error === null ? upsert(got.state) : got;
  };
  const chain = async (message: object): Promise<Synced> => {
    const messages = [message as Message];
    const runs: Ran[] = [];
    for (const next of messages) {
      const ran = await batch(next);
      runs.push(ran);
      // A dry run posts nothing.
      if (!next.dryRun) messages.push(...nextOf(ran));
    }
    const summaries = runs.map(summaryOf);
    const error = runs.find((ran) => ran.error !== null)?.error ?? null;
    return { runs, summaries, messages, last: summaries.at(-1)!, error };
  };
  const sync = (input: object = { takeOver: true }) =>
    chain(firstMessage(input, Date.now(), Math.random()));
  return { get, upsert, batch, chain, sync };
};

const stepOf =
  (execute: unknown, operations: unknown, configuration: object): Step =>
  async (given) => {
    const state = { ...clone(given), configuration };
    try {
      const run = (execute as (...all: unknown[]) => (state: object) => Promise<State>)(
        ...(operations as unknown[]),
      );
      const { configuration: _, ...handedOn } = await run(state);
      return { state: clone(handedOn), error: null };
    } catch (error) {
      // As the runtime has it: what came in is what is left.
      const { configuration: _, ...left } = state;
      return { state: left, error: String((error as Error).message) };
    }
  };

/**
 * Runs the jobs as they are written, in this process: as fast as can be.
 * @param batchBytes how much a batch holds, where it is not to be the policy's
 * @example <caption>A census</caption>
 * const { last } = await census({ primero, ona }).sync();
 */
export const census = (
  { primero, ona }: Servers,
  { batchBytes }: { batchBytes?: number } = {},
): Census => {
  const configuration = { ...primero.credential, ...(batchBytes && { batchBytes }) };
  const get = stepOf(executePrimero, getCases, configuration);
  const upsert = stepOf(executePostgresql, upsertCases, ona.credentials);
  return together((message) => get({ data: message }), upsert);
};

/**
 * Runs the built jobs in the runtime's sandbox, as CLI and platform do: slower, and with timers that a test can change.
 * @example <caption>Where waiting takes a hundredth of its time</caption>
 * await censusInRunner({ primero, ona }, { globals: quickTimers().globals });
 */
export const censusInRunner = async (
  { primero, ona }: Servers,
  options: Partial<RunnerOptions> = {},
): Promise<Census> => {
  const credentials = {
    primero: primero.credential,
    ona: { ...ona.credentials },
  };
  const stepIn = async (id: string): Promise<Step> => {
    const workflowPath = await workflowWith({ [id]: await builtStep(id) });
    const runner = createRunner({ workflowPath, ...options, credentials });
    return async (state) => {
      const { state: left, failed } = await runner.run(id, clone(state));
      return { state: left ?? {}, error: failed?.message ?? null };
    };
  };
  const get = await stepIn('get-cases');
  const upsert = await stepIn('upsert-cases');
  return together((message) => get({ data: message }), upsert);
};
