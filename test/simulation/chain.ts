import type { Client } from 'pg';
import type { Message } from './hostile.ts';
import { type Jobs, surround } from './jobs.ts';
import type { Ona } from './ona.ts';
import type { Primero, Query } from './primero.ts';
import { readExchange, type Said } from './says.ts';
import { type Operation, Run, type Stage } from './stage.ts';

/** One execution of the chain, and what is known of it. */
export interface Played {
  run: Run;
  /** What started it; null for job 0. */
  message: Message | null;
  /** Answers that it got. */
  said: Said[];
  /** Windows that it read, as job 1 handed them on; ms. */
  windows: { from: number; to: number }[];
  /** Which of the jobs it is at. */
  job: number;
  client: Client | null;
  /** Its connection is broken: nothing works on it any more. */
  isCut: boolean;
  /** Faults that its requests met. */
  faults: number;
  /** When it started and stopped, in the order of all turns. */
  from: number;
  to: number;
  /** What job 1 handed on. */
  batch: object | null;
}

interface Window {
  from: string;
  to: string | null;
}

const LOCK = 'pg_advisory_xact_lock';

/** A statement that waits for longer is in the way of another run: the lock that should keep them apart is missing. */
const STUCK_MS = 2000;

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** The chain of jobs between a Primero, an ONA and an inbox. */
export class Chain {
  readonly inbox: Message[] = [];
  /** All messages that were ever posted. */
  readonly posted: Message[] = [];
  readonly runs: Played[] = [];
  /** The run that has the lock. */
  holder: Played | null = null;
  batchBytes = 100_000;
  /** What becomes of the next post, if anything. */
  postFault: 'lost' | 'unanswered' | null = null;
  readonly #stage: Stage;
  readonly #jobs: Jobs;
  readonly #primero: Primero;
  readonly #ona: Ona;
  #answers = 0;

  constructor(stage: Stage, jobs: Jobs, primero: Primero, ona: Ona) {
    this.#stage = stage;
    this.#jobs = jobs;
    this.#primero = primero;
    this.#ona = ona;
    surround({
      getCases: async (query) => (await this.#get('/api/v2/cases', query, true)) as never,
      getOne: (path, query) => this.#get(`/api/v2/${path}`, query, false),
      sql: ({ text, values }) => this.#sql(text, values),
      post: (_, body) => this.#post(body as Message),
      now: () => stage.now,
      random: stage.random,
      setTimer: (fire, ms) => stage.setTimer(fire, ms),
      clearTimer: (id) => stage.clearTimer(id),
    });
  }

  get active(): Played[] {
    return this.runs.filter(({ run }) => run.isActive);
  }

  /** Runs that can go on: not those that wait for the lock. */
  get ready(): Played[] {
    return this.active.filter((played) => !this.#isWaiting(played));
  }

  /** Whether a statement waits until no other run has the lock. The embedded ONA has one transaction at a time. */
  #takesTurns(text: string): boolean {
    return this.#ona.isServer ? text.includes(LOCK) : text === 'BEGIN';
  }

  #isWaiting({ run }: Played): boolean {
    const isSql = run.pending?.kind === 'sql';
    return (
      isSql &&
      this.#takesTurns(run.pending!.text) &&
      this.holder !== null &&
      this.holder.run !== run
    );
  }

  #at(): Played {
    return this.runs[this.#stage.current.id]!;
  }

  #get(path: string, asked: Record<string, unknown>, isSearch: boolean): Promise<unknown> {
    const played = this.#at();
    const query: Query = Object.fromEntries(
      Object.entries(asked).map(([key, value]) => [key, String(value)]),
    );
    const text = `${path} ${new URLSearchParams(query)}`;
    const execute = async () => {
      this.#stage.now += 20;
      return this.#primero.ask(path, query, isSearch, (exchange) => {
        if (exchange.fault) played.faults += 1;
        this.#answers += 1;
        played.said.push(...readExchange(exchange, this.#primero, this.#answers, this.#stage.now));
      });
    };
    return this.#stage.pass({ kind: 'get', text, execute });
  }

  #sql(text: string, values: unknown[]): Promise<unknown[]> {
    const played = this.#at();
    const execute = async () => {
      if (played.isCut) throw Object.assign(new Error('not queryable'), { code: undefined });
      played.client ??= this.#ona.lend();
      const { client } = played;
      const stuck = setTimeout(() => {
        const { processID } = client as unknown as { processID: number };
        void this.#ona.query('SELECT pg_cancel_backend($1)', [processID]);
      }, STUCK_MS);
      try {
        return (await client.query(text, values)).rows;
      } finally {
        clearTimeout(stuck);
        const isOpen = client.getTransactionStatus() !== 'I';
        if (isOpen && this.#takesTurns(text)) this.holder = played;
        else if (!isOpen && this.holder === played) this.holder = null;
      }
    };
    return this.#stage.pass({ kind: 'sql', text, execute }) as Promise<unknown[]>;
  }

  #post(body: Message): Promise<void> {
    const execute = async () => {
      const fault = this.postFault;
      this.postFault = null;
      if (fault !== 'lost') {
        this.inbox.push(copy(body));
        this.posted.push(copy(body));
      }
      if (fault) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    };
    const operation: Operation = { kind: 'post', text: `batch ${body.batch}`, execute };
    return this.#stage.pass(operation) as Promise<void>;
  }

  async #begin(message: Message | null, work: (played: Played) => Promise<void>): Promise<Played> {
    const played: Played = {
      ...{ run: new Run(this.runs.length), message, said: [], windows: [], job: 0, client: null },
      ...{
        isCut: false,
        faults: 0,
        from: this.#answers,
        to: Number.POSITIVE_INFINITY,
        batch: null,
      },
    };
    this.runs.push(played);
    await this.#stage.start(played.run, () => work(played));
    return played;
  }

  /** Job 0, which posts the first message. */
  initiate(input: object): Promise<Played> {
    const configuration = { inboxUrl: 'inbox', apiKey: 'key' };
    return this.#begin(null, async () => {
      await this.#jobs[0](copy({ configuration, data: input, references: [] }));
    });
  }

  /** Jobs 1 to 3, from a message; or 2 and 3, from what job 1 handed on earlier. */
  run(message: Message, earlier: Played | null = null): Promise<Played> {
    return this.#begin(copy(message), async (played) => {
      const saved = earlier?.batch;
      if (earlier) played.said.push(...earlier.said);
      const references: unknown[] = [];
      const primero = { url: 'http://primero', user: 'sync', batchBytes: this.batchBytes };
      played.job = 1;
      const read =
        saved ?? (await this.#jobs[1](copy({ configuration: primero, data: message, references })));
      const state = copy({ ...read, configuration: {} }) as unknown as {
        batch: { windows: Window[] };
      };
      played.batch = copy(state);
      played.windows = state.batch.windows.map(({ from, to }) => ({
        from: Date.parse(from),
        to: to === null ? Number.POSITIVE_INFINITY : Date.parse(to),
      }));
      played.job = 2;
      const written = copy(await this.#jobs[2](state as never));
      played.job = 3;
      const configuration = { inboxUrl: 'inbox', apiKey: 'key' };
      await this.#jobs[3]({ ...written, configuration });
    });
  }

  /** Lets a run do its next operation. Says whether what it did may have been committed. */
  async turn(played: Played): Promise<boolean> {
    const isSql = played.run.pending?.kind === 'sql';
    await this.#stage.turn(played.run);
    return this.#after(played, isSql);
  }

  /** Ends a run for good: `late`, when its next operation is done and before it hears of that. */
  async kill(played: Played, late: boolean): Promise<boolean> {
    const { pending } = played.run;
    const isSql = pending?.kind === 'sql';
    if (late && pending && !this.#isWaiting(played)) await pending.execute().catch(() => {});
    played.run.isDead = true;
    return this.#after(played, isSql);
  }

  /** Breaks a run's connection to ONA: at once, or when its next statement is done. */
  async cut(played: Played, late: boolean, code: string): Promise<boolean> {
    const { pending } = played.run;
    if (pending?.kind !== 'sql' || this.#isWaiting(played)) return false;
    const { execute } = pending;
    pending.execute = async () => {
      if (late) await execute().catch(() => {});
      played.isCut = true;
      await this.#giveBack(played);
      throw Object.assign(new Error('the connection broke'), { code });
    };
    return this.turn(played);
  }

  async #after(played: Played, isSql: boolean): Promise<boolean> {
    const mayHaveCommitted =
      isSql && (!played.client || played.client.getTransactionStatus() === 'I');
    if (!played.run.isActive || played.job !== 2) await this.#giveBack(played);
    if (!played.run.isActive) played.to = Math.min(played.to, this.#answers);
    return mayHaveCommitted;
  }

  async #giveBack(played: Played): Promise<void> {
    if (!played.client) return;
    await this.#ona.takeBack(played.client);
    played.client = null;
    if (this.holder === played) this.holder = null;
  }
}
