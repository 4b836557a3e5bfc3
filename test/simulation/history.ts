import type { Played } from './chain.ts';
import type { Mapping } from './expected.ts';
import { codeOf, hasReason } from './failures.ts';
import * as hazards from './hazards.ts';
import type { Message } from './hostile.ts';
import { broken } from './invariants.ts';
import type { Jobs } from './jobs.ts';
import type { Ona } from './ona.ts';
import type { Kind, Plan } from './plan.ts';
import { type Scene, setScene, type Told } from './scene.ts';
import { versionsOf } from './snapshot.ts';

/** More turns than a round should need. */
const TURNS = 6000;

/** Runs at once, and runs that a history has before its end: doubled chains could go on for long. */
const AT_ONCE = 3;
const RUNS = 120;

/** Kinds after which so much may have gone that a person must accept it. */
const BIG: readonly Kind[] = [
  'purge',
  'deletes',
  'states',
  'services',
  'hand',
  'masks',
  'hostile',
  'legacy',
];

/** More rejects than this stop a census, if they are many of its children. */
const MANY_REJECTS = 10;

/** One history, from an empty ONA to a census of everything. */
export class History {
  readonly #scene: Scene;
  #isCalm = false;
  /** How many cases there were when the round began. */
  #cases = 0;

  constructor(plan: Plan, jobs: Jobs, ona: Ona, mapping: Mapping, told: Told) {
    this.#scene = setScene(plan, jobs, ona, mapping, told);
  }

  /** @throws {Broken} naming the promise that does not hold */
  async play(): Promise<void> {
    const { plan, has, ona, primero, changes, chain, stage, observer, played, draw } = this.#scene;
    await ona.empty();
    changes.begin(plan.cases, plan.crowded);
    stage.now += 60_000;
    if (has('crowd')) played.add('crowd');
    if (has('delay')) played.add('delay');
    if (has('legacy')) await hazards.leaveOldRows(this.#scene);
    await observer.begin();
    primero.during = () => {
      if (!this.#isCalm && has('during') && draw.chance(0.03)) hazards.change(this.#scene);
    };
    try {
      for (let round = 1; round <= plan.rounds; round += 1) await this.#round(round);
      await this.#end();
    } finally {
      for (const each of chain.active) await chain.kill(each, false);
    }
  }

  async #round(round: number): Promise<void> {
    const { plan, has, draw, say, count, changes, misbehaviour, primero, observer } = this.#scene;
    say(`round ${round}`);
    for (let left = draw.pick([0, 4, 12, 40]); left > 0; left -= 1) hazards.change(this.#scene);
    if (has('purge') && draw.chance(0.3)) hazards.purge(this.#scene);
    if (has('crowd') && draw.chance(0.5)) changes.create(plan.largestPage + 3);
    misbehaviour.rate = has('faults') ? draw.pick([0, 0.02, 0.1]) : 0;
    misbehaviour.thinRate = has('thin') ? 0.05 : 0;
    if (has('thin')) misbehaviour.active.add('thin');
    this.#cases = primero.store.size;
    await hazards.initiate(this.#scene, round === 1);
    for (let turns = 0; turns < TURNS && (await this.#step()); turns += 1);
    const last = observer.last.syncs.at(-1);
    count(`round ends: ${observer.underWay ? 'under way' : last?.state}`);
  }

  /** Lets something happen. Says whether anything is left to happen. */
  async #step(): Promise<boolean> {
    const { chain, has, draw } = this.#scene;
    const again = chain.runs.length < RUNS ? await hazards.disturb(this.#scene) : null;
    const { active, inbox } = chain;
    const most = has('parts') || has('two') || has('again') ? AT_ONCE : 1;
    if (again && active.length < AT_ONCE) await this.#start(again.message!, again);
    else if (
      inbox.length > 0 &&
      active.length < most &&
      (active.length === 0 || draw.chance(0.3))
    ) {
      const [message] = inbox.splice(has('again') ? draw.int(inbox.length) : 0, 1);
      if (chain.runs.length < RUNS) await this.#start(message!);
    } else if (chain.ready.length > 0) await this.#turn(draw.pick(chain.ready));
    return chain.active.length > 0 || inbox.length > 0;
  }

  async #start(message: Message, earlier: Played | null = null): Promise<void> {
    const { chain, say } = this.#scene;
    const { part, batch, from, to, ask } = message;
    const how = earlier ? `, with what run ${earlier.run.id} read` : '';
    say(
      `run ${chain.runs.length}: part ${part}, batch ${batch}, from ${from} to ${to}, asks about ${ask.length}${how}`,
    );
    await this.#settle(await chain.run(message, earlier), false);
  }

  async #turn(played: Played): Promise<void> {
    const end = this.#isCalm ? null : hazards.endRun(this.#scene, played);
    await this.#settle(played, await (end ?? this.#scene.chain.turn(played)));
  }

  async #settle(by: Played, mayHaveCommitted: boolean): Promise<void> {
    const { observer, say, count, primero, played, misbehaviour } = this.#scene;
    if (mayHaveCommitted) await observer.look(by);
    const { error, isDone } = by.run;
    if (!isDone || !error) return;
    const code = codeOf(error);
    say(`run ${by.run.id} fails: ${error.message.slice(0, 160)}`);
    count(`fails: ${code}`);
    if (!code) throw error;
    if (this.#isCalm) return;
    if (primero.store.size - this.#cases > 10) played.add('growth');
    const reasons = new Set([...played, ...misbehaviour.active]);
    if (!hasReason(code, reasons)) broken(`A run failed without a reason: ${error.message}`);
  }

  /** Whatever happened: one census puts everything right, and a second one changes nothing. */
  async #end(): Promise<void> {
    const { chain, has, ona, misbehaviour, stage, say } = this.#scene;
    for (const each of chain.active) await this.#settle(each, await chain.kill(each, false));
    chain.inbox.length = 0;
    chain.postFault = null;
    if (has('hand')) for (let times = 0; times < 4; times += 1) await hazards.byHand(this.#scene);
    misbehaviour.end();
    stage.now += 60_000;
    this.#isCalm = true;
    say('the last census');
    await this.#census();
    const before = new Set(await versionsOf(ona));
    say('the same again');
    await this.#census();
    const after = await versionsOf(ona);
    const changed = after.filter((each) => !before.has(each));
    if (changed.length > 0 || before.size !== after.length)
      broken(`A second census changed rows: ${changed.slice(0, 5).join('; ')}`);
  }

  /** A census in peace, which must be complete. */
  async #census(isAgain = false): Promise<void> {
    const { chain, has, observer, ona, changes } = this.#scene;
    const first = chain.runs.length;
    await chain.initiate({ takeOver: true, ...(BIG.some(has) && { acceptRemovals: 1000 }) });
    while (chain.active.length > 0 || chain.inbox.length > 0) {
      const runs = chain.runs.length - first;
      const windows = Object.values(observer.last.windows).at(-1) ?? 0;
      if (runs > 20 + 3 * windows) broken(`A chain does not end: ${runs} runs, ${windows} windows`);
      if (chain.active.length === 0) await this.#start(chain.inbox.shift()!);
      else await this.#turn(chain.active[0]!);
    }
    const failed = chain.runs.slice(first).find(({ run }) => run.error)?.run.error?.message;
    const { syncId } = chain.posted.at(-1)!;
    const last = observer.last.syncs.find(({ sync_id }) => sync_id === syncId);
    if (!failed && last?.state === 'complete') return;
    const rejected = await ona.query(
      "SELECT primero_id::text AS id FROM sync_rejects WHERE scope = 'case' AND sync_id = $1",
      [syncId],
    );
    if (isAgain || rejected.length <= MANY_REJECTS)
      broken(`A census in peace ends as ${last?.state}: ${failed ?? last?.reason}`);
    // So many rejects are rightly refused: somebody must put them right.
    changes.mend(rejected.map(({ id }) => id));
    await this.#census(true);
  }
}
