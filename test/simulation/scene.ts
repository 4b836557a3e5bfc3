import { Chain } from './chain.ts';
import { Changes } from './changes.ts';
import type { Mapping } from './expected.ts';
import type { Jobs } from './jobs.ts';
import { Misbehaviour } from './misbehaviour.ts';
import { Observer } from './observer.ts';
import type { Ona } from './ona.ts';
import type { Kind, Plan } from './plan.ts';
import { Primero } from './primero.ts';
import { type Draw, drawOf } from './random.ts';
import { Stage } from './stage.ts';

const START = Date.UTC(2026, 9, 1, 6);

/** ms until Solr shows a change, where it is late. */
const DELAY_MS = 4000;

/** What happened, in words, and what it was counted as. */
export interface Told {
  say: (what: string) => void;
  count: (what: string) => void;
}

/** Everybody who takes part in a history. */
export interface Scene extends Told {
  plan: Plan;
  has: (kind: Kind) => boolean;
  draw: Draw;
  stage: Stage;
  primero: Primero;
  changes: Changes;
  misbehaviour: Misbehaviour;
  chain: Chain;
  ona: Ona;
  observer: Observer;
  /** Kinds of events that were played, and so may be the reason of a failure. */
  played: Set<string>;
}

export const setScene = (plan: Plan, jobs: Jobs, ona: Ona, mapping: Mapping, told: Told): Scene => {
  const { seed, family, largestPage, kinds } = plan;
  const has = (kind: Kind) => kinds.includes(kind);
  const delayMs = has('delay') ? DELAY_MS : 0;
  const stage = new Stage(START, drawOf(seed, 3).next);
  const primero = new Primero(seed, family, largestPage, delayMs, () => stage.now);
  const changes = new Changes(primero, drawOf(seed, 4), stage, told.say);
  const misbehaviour = new Misbehaviour(primero, drawOf(seed, 5), stage, told.say);
  const chain = new Chain(stage, jobs, primero, ona);
  chain.batchBytes = plan.batchBytes;
  const known = { chain, primero, changes, misbehaviour, ona };
  const observer = new Observer({ ...known, mapping, clock: stage, delayMs, tell: told.count });
  return {
    ...told,
    ...known,
    plan,
    has,
    draw: drawOf(seed, 2),
    stage,
    observer,
    played: new Set(),
  };
};

/** Ids of all children that Primero has. */
export const idsOf = ({ primero, changes }: Scene): string[] =>
  changes.indexes().map((index) => String(primero.store.field(index, 'id')));
