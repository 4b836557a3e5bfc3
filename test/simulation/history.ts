import { changeByHand, leaveRows } from './by-hand.ts';
import { Chain, type Played } from './chain.ts';
import { CHANGE_KINDS, Changes } from './changes.ts';
import type { Mapping } from './expected.ts';
import { codeOf, hasReason } from './failures.ts';
import { type Message, tamper } from './hostile.ts';
import { broken } from './invariants.ts';
import type { Jobs } from './jobs.ts';
import { FAULT_KINDS, Misbehaviour } from './misbehaviour.ts';
import { Observer } from './observer.ts';
import type { Ona } from './ona.ts';
import type { Kind, Plan } from './plan.ts';
import { Primero } from './primero.ts';
import { type Draw, drawOf } from './random.ts';
import { versionsOf } from './snapshot.ts';
import { Stage } from './stage.ts';

const START = Date.UTC(2026, 9, 1, 6);
const DELAY_MS = 4000;

/** More turns than a round should need. */
const TURNS = 6000;

/** Runs at once, and messages that a round takes: doubled chains could go on for long. */
const AT_ONCE = 3;
const MESSAGES = 120;

/** What happened, in words, and what it was counted as. */
export interface Told {
  say: (what: string) => void;
  count: (what: string) => void;
}

/** One history, from an empty ONA to a census of everything. */
export class History {
  readonly #plan: Plan;
  readonly #ona: Ona;
  readonly #told: Told;
  readonly #draw: Draw;
  readonly #stage: Stage;
  readonly #primero: Primero;
  readonly #changes: Changes;
  readonly #misbehaviour: Misbehaviour;
  readonly #chain: Chain;
  readonly #observer: Observer;
  /** Kinds of events that were played and may be the reason of a failure. */
  readonly #played = new Set<string>();
  #isCalm = false;
  #created = 0;

  constructor(plan: Plan, jobs: Jobs, ona: Ona, mapping: Mapping, told: Told) {
    this.#plan = plan;
    this.#ona = ona;
    this.#told = told;
    const { seed, family, largestPage } = plan;
    this.#draw = drawOf(seed, 2);
    this.#stage = new Stage(START, drawOf(seed, 3).next);
    const delayMs = this.#has('delay') ? DELAY_MS : 0;
    this.#primero = new Primero(seed, family, largestPage, delayMs, () => this.#stage.now);
    const { say } = told;
    this.#changes = new Changes(this.#primero, drawOf(seed, 4), this.#stage, say);
    this.#misbehaviour = new Misbehaviour(this.#primero, drawOf(seed, 5), this.#stage, say);
    this.#chain = new Chain(this.#stage, jobs, this.#primero, ona);
    this.#chain.batchBytes = plan.batchBytes;
    this.#observer = new Observer({
      ...{
        chain: this.#chain,
        primero: this.#primero,
        changes: this.#changes,
        ona,
        mapping,
        delayMs,
      },
      ...{ misbehaviour: this.#misbehaviour, clock: this.#stage, tell: told.count },
    });
  }

  #has(kind: Kind): boolean {
    return this.#plan.kinds.includes(kind);
  }

  /** @throws {Broken} naming the promise that does not hold */
  async play(): Promise<void> {
    const { cases, crowded, rounds } = this.#plan;
    await this.#ona.empty();
    this.#changes.begin(cases, crowded);
    this.#stage.now += 60_000;
    if (this.#has('crowd')) this.#played.add('crowd');
    if (this.#has('delay')) this.#played.add('delay');
    if (this.#has('legacy')) await this.#leaveRows();
    await this.#observer.begin();
    this.#primero.during = () => this.#changeDuring();
    try {
      for (let round = 1; round <= rounds; round += 1) await this.#round(round);
      await this.#end();
    } finally {
      for (const played of this.#chain.active) await this.#chain.kill(played, false);
    }
  }

  async #leaveRows(): Promise<void> {
    const { store } = this.#primero;
    const ids = [0, 1, 2].map((index) => String(store.field(index, 'case_id_display')));
    const services = store.field(3, 'services_section') as { unique_id?: string }[] | undefined;
    await leaveRows(this.#ona, [...ids, 'left-behind'], services?.[0]?.unique_id ?? 'none');
    this.#played.add('legacy');
    this.#told.say('an earlier integration left four rows and two services');
  }

  #change(kinds: readonly Kind[] = CHANGE_KINDS.filter((kind) => this.#has(kind))): void {
    const kind = this.#draw.pick(kinds) as (typeof CHANGE_KINDS)[number];
    this.#played.add(kind);
    this.#told.count(`change: ${kind}`);
    this.#changes.play(kind);
  }

  #changeDuring(): void {
    if (this.#isCalm || !this.#has('during') || !this.#draw.chance(0.03)) return;
    this.#played.add('during');
    this.#change();
  }

  async #round(round: number): Promise<void> {
    const { say, count } = this.#told;
    say(`round ${round}`);
    const most = this.#draw.pick([0, 4, 12, 40]);
    for (let changed = 0; changed < most; changed += 1) this.#change();
    if (this.#has('purge') && this.#draw.chance(0.3)) this.#purge();
    if (this.#has('crowd') && this.#draw.chance(0.5))
      this.#changes.create(this.#plan.largestPage + 3);
    this.#misbehaviour.rate = this.#has('faults') ? this.#draw.pick([0, 0.02, 0.1]) : 0;
    this.#misbehaviour.thinRate = this.#has('thin') ? 0.05 : 0;
    if (this.#has('thin')) this.#misbehaviour.active.add('thin');
    this.#created = this.#primero.store.size;
    await this.#initiate(round === 1);
    for (let turns = 0; turns < TURNS; turns += 1) {
      if (!(await this.#step())) break;
    }
    count(
      `round ends: ${this.#observer.underWay ? 'under way' : this.#observer.last.syncs.at(-1)?.state}`,
    );
  }

  #purge(): void {
    const { store } = this.#primero;
    const every = this.#draw.pick([3, 8, 15]);
    this.#played.add('purge');
    this.#told.say(`every ${every}th case is disabled or deleted`);
    for (const index of this.#changes.indexes())
      if (index % every === 0) {
        if (this.#draw.chance(0.5)) store.deleteForGood(index);
        else store.disable(index, ++this.#stage.now);
        this.#changes.touched.set(index, this.#stage.now);
      }
  }

  /** A person, or the cron, starts a sync. */
  async #initiate(isFirst = false): Promise<void> {
    const draw = this.#draw;
    const ids = this.#ids();
    const inputs: [Kind | true, object][] = [
      [true, { takeOver: true }],
      [true, { unlessCompleteSince: '2000-01-01T00:00:00Z' }],
      ['two', { takeOver: true }],
      ['parts', { takeOver: true, parts: 2 + draw.int(2) }],
      ['parts', { takeOver: true, parts: 3 }],
      [
        'changes',
        {
          changedSince: new Date(this.#stage.now - draw.int(9) * 3_600_000)
            .toISOString()
            .replace(/\.\d+/, ''),
        },
      ],
      ['range', { from: '2024-10-01T00:00:00Z', to: '2026-01-01T00:00:00Z', takeOver: true }],
      [
        'ask',
        {
          from: null,
          ask: [...new Set([draw.pick(ids), draw.pick(ids), draw.pick(ids)])],
          takeOver: true,
        },
      ],
      ['dry', { dryRun: true }],
      ['purge', { takeOver: true, acceptRemovals: 1000 }],
    ];
    const [, input] = isFirst
      ? draw.pick(inputs.filter(([kind]) => kind === true || kind === 'parts'))
      : draw.pick(inputs.filter(([kind]) => kind === true || this.#has(kind)));
    this.#told.say(`a sync starts: ${JSON.stringify(input)}`);
    this.#told.count(`starts: ${Object.keys(input)}`);
    await this.#chain.initiate(input);
  }

  #ids(): string[] {
    return this.#changes.indexes().map((index) => String(this.#primero.store.field(index, 'id')));
  }

  /** Lets something happen. Says whether anything is left to happen. */
  async #step(): Promise<boolean> {
    const { chain } = this;
    await this.#disturb();
    const { active } = chain;
    const canStart =
      chain.inbox.length > 0 &&
      active.length < (this.#has('parts') || this.#has('two') || this.#has('again') ? AT_ONCE : 1);
    if (canStart && (active.length === 0 || this.#draw.chance(0.3))) {
      const at = this.#has('again') ? this.#draw.int(chain.inbox.length) : 0;
      const [message] = chain.inbox.splice(at, 1);
      if (chain.runs.length < MESSAGES) await this.#start(message!);
      return true;
    }
    if (chain.ready.length === 0) return active.length > 0 || chain.inbox.length > 0;
    const played = this.#draw.pick(chain.ready);
    await this.#turn(played);
    return true;
  }

  get chain(): Chain {
    return this.#chain;
  }

  async #start(message: Message, earlier: Played | null = null): Promise<void> {
    const { part, batch, from, to, ask } = message;
    this.#told.say(
      `run ${this.#chain.runs.length}: part ${part}, batch ${batch}, from ${from} to ${to}, asks after ${ask.length}${earlier ? `, with what run ${earlier.run.id} read` : ''}`,
    );
    await this.#settle(await this.#chain.run(message, earlier), false);
  }

  async #turn(played: Played): Promise<void> {
    const { pending } = played.run;
    const isCommit = pending?.kind === 'sql' && pending.text === 'COMMIT';
    const odds = isCommit ? 0.2 : 0.003;
    if (!this.#isCalm && this.#has('kills') && this.#draw.chance(odds)) {
      const late = this.#draw.chance(0.5);
      this.#told.say(
        `run ${played.run.id} is killed ${late ? 'after' : 'before'} ${pending?.text.slice(0, 40).replaceAll('\n', ' ')}`,
      );
      this.#told.count(`killed in job ${played.job}`);
      return this.#settle(played, await this.#chain.kill(played, late));
    }
    if (!this.#isCalm && this.#has('cuts') && pending?.kind === 'sql' && this.#draw.chance(odds)) {
      const late = this.#draw.chance(0.5);
      const code = this.#draw.pick(['ECONNRESET', '57P01', '40P01', '08006']);
      this.#played.add('cuts');
      this.#told.say(
        `run ${played.run.id} loses ONA (${code}) ${late ? 'after' : 'before'} ${pending.text.slice(0, 30)}`,
      );
      this.#told.count('the connection to ONA breaks');
      return this.#settle(played, await this.#chain.cut(played, late, code));
    }
    await this.#settle(played, await this.#chain.turn(played));
  }

  async #settle(played: Played, mayHaveCommitted: boolean): Promise<void> {
    if (mayHaveCommitted) await this.#observer.look(played);
    const { error, isDone } = played.run;
    if (!isDone || !error) return;
    const code = codeOf(error);
    this.#told.say(`run ${played.run.id} fails: ${error.message.slice(0, 160)}`);
    this.#told.count(`fails: ${code}`);
    if (!code) throw error;
    if (this.#isCalm) return;
    if (this.#primero.store.size - this.#created > 10) this.#played.add('growth');
    const reasons = new Set([...this.#played, ...this.#misbehaviour.active]);
    if (!hasReason(code, reasons)) broken(`A run failed without a reason: ${error.message}`);
  }

  /** One of the things that go wrong, or change, while runs are under way. */
  async #disturb(): Promise<void> {
    const { say, count } = this.#told;
    const draw = this.#draw;
    if (this.#has('during') && draw.chance(0.02)) {
      this.#played.add('during');
      this.#change();
    }
    for (const kind of FAULT_KINDS)
      if (this.#has(kind) && draw.chance(0.004)) {
        count(`misbehaves: ${kind}`);
        this.#misbehaviour.play(kind);
      }
    const { posted, inbox } = this.#chain;
    if (this.#has('posts') && draw.chance(0.01)) {
      this.#played.add('posts');
      this.#chain.postFault = draw.pick(['lost', 'unanswered']);
    }
    if (posted.length === 0 || this.#chain.runs.length > MESSAGES) return;
    if (this.#has('again') && draw.chance(0.01)) {
      count('an old message comes again');
      inbox.push(draw.pick(posted));
    }
    if (
      this.#has('kills') &&
      this.#chain.active.length === 0 &&
      inbox.length === 0 &&
      draw.chance(0.7)
    ) {
      count('a broken chain goes on');
      inbox.push(posted.at(-1)!);
    }
    if (this.#has('hostile') && draw.chance(0.008)) {
      const message = tamper(draw.pick(posted), this.#ids(), draw);
      this.#played.add('hostile');
      count('a hostile message');
      say(`hostile: ${JSON.stringify(message).slice(0, 300)}`);
      inbox.push(message);
    }
    if (this.#has('two') && draw.chance(0.003)) await this.#initiate();
    if (this.#has('resume') && draw.chance(0.004)) {
      const old = this.#chain.runs.filter(({ batch }) => batch !== null);
      if (old.length > 0 && this.#chain.active.length < AT_ONCE) {
        const earlier = draw.pick(old);
        count('job 2 runs from a saved state');
        await this.#start(earlier.message!, earlier);
      }
    }
    if (this.#chain.holder) return;
    if (this.#has('hand') && draw.chance(0.004)) await this.#byHand();
    if (this.#has('ageing') && draw.chance(0.002)) {
      const hours = draw.pick([3, 49]);
      say(`${hours} hours pass in ONA`);
      count('hours pass');
      await this.#ona.query(`UPDATE syncs SET began_at = began_at - interval '${hours} hours'`);
      await this.#ona.query(
        `UPDATE sync_batches SET written_at = written_at - interval '${hours} hours'`,
      );
    }
  }

  async #byHand(): Promise<void> {
    const said = await changeByHand(this.#ona, this.#draw);
    if (said === null) return;
    this.#played.add('hand');
    this.#told.count('by hand');
    this.#told.say(said);
    await this.#observer.changedByHand();
  }

  /** Whatever happened: one census puts everything right, and a second one changes nothing. */
  async #end(): Promise<void> {
    for (const played of this.#chain.active)
      await this.#settle(played, await this.#chain.kill(played, false));
    this.#chain.inbox.length = 0;
    this.#chain.postFault = null;
    if (this.#has('hand')) for (let times = 0; times < 4; times += 1) await this.#byHand();
    this.#misbehaviour.end();
    this.#stage.now += 60_000;
    this.#isCalm = true;
    this.#told.say('the last census');
    await this.#census();
    const versions = await versionsOf(this.#ona);
    this.#told.say('the same again');
    await this.#census();
    const now = new Set(versions);
    const changed = (await versionsOf(this.#ona)).filter((each) => !now.has(each));
    if (changed.length > 0 || now.size !== versions.length)
      broken(`A second census changed rows: ${changed.slice(0, 5).join('; ')}`);
  }

  async #census(isAgain = false): Promise<void> {
    const { chain } = this;
    const first = chain.runs.length;
    await chain.initiate({ takeOver: true, ...(this.#isBig() && { acceptRemovals: 1000 }) });
    while (chain.active.length > 0 || chain.inbox.length > 0) {
      const { length } = chain.runs;
      const windows = Object.values(this.#observer.last.windows).at(-1) ?? 0;
      if (length - first > 20 + 3 * windows)
        broken(`A chain does not end: ${length - first} runs, ${windows} windows`);
      if (chain.active.length === 0) await this.#start(chain.inbox.shift()!);
      else await this.#turn(chain.active[0]!);
    }
    const failed = chain.runs.slice(first).find(({ run }) => run.error)?.run.error?.message;
    const { syncId } = chain.posted.at(-1)!;
    const last = this.#observer.last.syncs.find(({ sync_id }) => sync_id === syncId);
    if (!failed && last?.state === 'complete') return;
    const rejected = await this.#ona.query(
      "SELECT primero_id::text AS id FROM sync_rejects WHERE scope = 'case' AND sync_id = $1",
      [syncId],
    );
    if (isAgain || rejected.length <= 10)
      broken(`A census in peace ends as ${last?.state}: ${failed ?? last?.reason}`);
    // So many rejects are rightly refused: somebody must put them right.
    this.#changes.mend(rejected.map(({ id }) => id));
    await this.#census(true);
  }

  /** Whether so much may have gone that a person must accept it. */
  #isBig(): boolean {
    const big: Kind[] = [
      'purge',
      'deletes',
      'states',
      'services',
      'hand',
      'masks',
      'hostile',
      'legacy',
    ];
    return big.some((kind) => this.#has(kind));
  }
}
