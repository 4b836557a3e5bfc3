import { CensusCheck } from './census.ts';
import type { Chain, Played } from './chain.ts';
import type { Changes } from './changes.ts';
import type { Mapping } from './expected.ts';
import { checkBatches, checkGone, checkHeld, checkSame, checkSyncs } from './invariants.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import type { Ona } from './ona.ts';
import type { Primero } from './primero.ts';
import { countsFor, type Fields, type Said } from './says.ts';
import {
  type Content,
  type NotedSync,
  readContent,
  type Snapshot,
  takeSnapshot,
} from './snapshot.ts';

/** A sync that the observer saw begin. */
interface Seen {
  beganAt: number;
  before: Content;
  /** Answers that the design lets count, of batches that were written. */
  said: Map<string, Said[]>;
  written: Played[];
  isChangedByHand: boolean;
}

interface Surroundings {
  chain: Chain;
  primero: Primero;
  changes: Changes;
  misbehaviour: Misbehaviour;
  ona: Ona;
  mapping: Mapping;
  clock: { now: number };
  delayMs: number;
  /** Counts what the oracle let pass, and what it saw. */
  tell: (what: string) => void;
}

const add = (map: Map<string, Said[]>, said: Said): void => {
  const list = map.get(said.id);
  if (list) list.push(said);
  else map.set(said.id, [said]);
};

/** Looks at what ONA has committed after each statement, from a connection of its own. */
export class Observer {
  last!: Snapshot;
  readonly #scene: Surroundings;
  readonly #syncs = new Map<string, Seen>();

  constructor(scene: Surroundings) {
    this.#scene = scene;
  }

  async begin(): Promise<void> {
    this.last = await takeSnapshot(this.#scene.ona);
  }

  /** Something was changed in ONA that is none of the jobs' doing. */
  async changedByHand(): Promise<void> {
    for (const sync of this.#syncs.values()) sync.isChangedByHand = true;
    await this.begin();
  }

  /** The sync that is under way, if there is one. */
  get underWay(): NotedSync | undefined {
    return this.last.syncs.find(({ state }) => state === 'under way');
  }

  async look(by: Played): Promise<void> {
    const before = this.last;
    const after = await takeSnapshot(this.#scene.ona);
    this.last = after;
    checkSyncs(after);
    if (by.message?.dryRun) checkSame(before, after);
    checkBatches(before, after);
    await this.#noteNew(before, after);
    this.#noteWritten(by, before, after);
    const saidOf = (syncId: string, id: string) =>
      this.#scene.chain.runs
        .filter(({ message }) => message?.syncId === syncId)
        .flatMap(({ said }) => said.filter((each) => each.id === id))
        .sort((a, b) => a.at - b.at);
    checkGone(before, after, saidOf);
    for (const sync of after.syncs) {
      const was = before.syncs.find(({ sync_id }) => sync_id === sync.sync_id)?.state;
      if (sync.state === 'complete' && was === 'under way') await this.#checkComplete(sync);
    }
  }

  async #noteNew(before: Snapshot, after: Snapshot): Promise<void> {
    for (const { sync_id } of after.syncs)
      if (!before.syncs.some((sync) => sync.sync_id === sync_id))
        this.#syncs.set(sync_id, {
          ...{ beganAt: this.#scene.clock.now, before: await readContent(this.#scene.ona) },
          ...{ said: new Map(), written: [], isChangedByHand: false },
        });
  }

  /** Takes the answers of a run whose batch was written just now. */
  #noteWritten(by: Played, before: Snapshot, after: Snapshot): void {
    const { message, said, windows } = by;
    if (!message) return;
    const isOwn = (each: { sync_id: string; part: number; batch: number }) =>
      each.sync_id === message.syncId && each.part === message.part && each.batch === message.batch;
    if (before.batches.some(isOwn) || !after.batches.some(isOwn)) return;
    const sync = this.#syncs.get(message.syncId);
    if (!sync) return;
    sync.written.push(by);
    const open = new Set(before.open);
    const isInside = ({ record, from: asked }: Said) => {
      const times = [Date.parse(String(record?.created_at)), asked!];
      return windows.some(({ from, to }) => times.every((time) => time >= from && time < to));
    };
    for (const each of said) {
      const isSure = each.by === 'id' ? open.has(`${message.syncId} ${each.id}`) : isInside(each);
      if (isSure) add(sync.said, each);
    }
  }

  async #checkComplete(noted: NotedSync): Promise<void> {
    const { ona, mapping, tell } = this.#scene;
    const sync = this.#syncs.get(noted.sync_id);
    if (!sync || noted.kind !== 'census') return;
    if (sync.isChangedByHand) return tell('a census while ONA was changed by hand');
    checkHeld(noted, this.last);
    const after = await readContent(ona);
    const overlaps = sync.written.some((a) =>
      sync.written.some((b) => a !== b && a.from < b.to && b.from < a.to && a.run.id < b.run.id),
    );
    for (const list of sync.said.values()) list.sort((a, b) => a.at - b.at);
    // A record that has moved on since Solr indexed it is taken, too: so it may be held.
    const held = new Set(after.cases.map(({ primero_id }) => primero_id));
    for (const { said } of sync.written)
      for (const each of said)
        if (each.by === 'window' && held.has(each.id) && !sync.said.has(each.id))
          sync.said.set(each.id, [each]);
    const census = {
      ...{ sync: noted, before: sync.before, after, said: sync.said, overlaps },
      findable: this.#findable(sync.beganAt),
      touchedAt: (id: string) => this.#touchedAt(id),
      mayMiss: this.#scene.misbehaviour.active.has('bursts'),
    };
    new CensusCheck(census, mapping, tell).check();
    tell(`census complete${noted.reason ? ' but for some' : ''}`);
  }

  #touchedAt(id: string): number {
    const { primero, changes, clock } = this.#scene;
    const index = primero.store.indexOf(id);
    // Who is deleted for good left without a time.
    return index === undefined ? clock.now : (changes.touched.get(index) ?? 0);
  }

  /** Living children that count, whom the search has shown all the time since. */
  #findable(since: number): Fields[] {
    const { primero, changes, misbehaviour, delayMs, tell } = this.#scene;
    const { store, role, hasIndex } = primero;
    const findable: Fields[] = [];
    for (const index of changes.indexes()) {
      const record = store.record(index) as Fields;
      if (record.enabled !== true || countsFor(record).length === 0) continue;
      const isTouched = (changes.touched.get(index) ?? 0) >= since - delayMs;
      // Not every family finds an age that is a text.
      const isShown =
        typeof record.age !== 'string' &&
        record.created_at !== undefined &&
        misbehaviour.shiftedAt < since &&
        (!role.sees || role.sees(store.facts(index))) &&
        (!hasIndex || store.search.has(index));
      if (isTouched || !isShown) tell('a child that no search had to show');
      else findable.push(JSON.parse(JSON.stringify(record)));
    }
    return findable;
  }
}
