import type { Family, Fault } from '../../local/primero/index.ts';
import type { Reception } from './inbox.ts';

/** What Primero and the machines are like in a history. */
export type World = {
  seed: number;
  family: Family;
  cases: number;
  /** So many of the first cases have one time. */
  sameInstant: number;
  pageSize: number;
  /** How many times as many cases change at once as a change says. */
  crowd: number;
  /** Bytes of records in a batch; null: as in production. */
  batchBytes: number | null;
  /** How long Primero takes for a page. */
  pace: 'quick' | 'slow' | 'mixed';
  /** Seconds that Primero's clock is ahead of the jobs'. */
  skew: number;
  /** Seconds until the search index of the older family shows a change. */
  commitDelay: number;
  /** Whether a run is ended after 5 minutes, as the platform does. */
  limitsRuns: boolean;
  /** How the last sync starts. */
  lastCursor: 'none' | 'last';
};

/** A change in Primero. `which` picks the case; `late`: seconds since the change was dated. */
export type Change = { kind: ChangeKind; which: number; late: number; count: number };

export const CHANGES = [
  'create',
  'update',
  'disable',
  'enable',
  'turn 18',
  'come back under 18',
  'blank the age',
  'become reintegration',
  'leave reintegration',
  'add a service',
  'drop a service',
  'copy the services of another',
  'many in one second',
  'many in one instant',
  'same instant again',
  'create with a case_id that is taken',
  'create a bad record',
  'spoil a record',
  'mend a record',
  'delete for good',
] as const;
export type ChangeKind = (typeof CHANGES)[number];

/** Where in a run something happens: at its nth operation of a kind, or at its COMMIT. */
export type Place = { at: 'get' | 'sql' | 'post' | 'COMMIT'; n: number };

export type Disturbance = Place &
  (
    | { what: 'change'; moment: 'before' | 'during' | 'after'; changes: Change[] }
    | { what: 'fault'; fault: Fault; times: number }
    | { what: 'kill'; moment: 'before' | 'after' }
    | { what: 'stall'; moment: 'before' | 'after'; seconds: number }
    | { what: 'error'; code: string }
    | { what: 'cut'; moment: 'before' | 'after' }
    | { what: 'refuse' }
    | { what: 'inbox'; reception: Reception }
  );

/** What becomes of a message that the inbox took; `late` in seconds. */
export type Fate = { lost: boolean; late: number; again: number | null };

export type Step = { after: number } & (
  | { does: 'change'; changes: Change[] }
  | { does: 'sync'; cursor: 'none' | 'last' | 'wrong'; backfill: [from: number, to: number] | null }
  | { does: 'repeat'; which: number }
  | { does: 'resume'; which: number }
  | { does: 'wait' }
);

export type History = {
  world: World;
  steps: Step[];
  /** For each run, in the order of their starts. */
  disturbances: Disturbance[][];
  /** For each message, in the order of their coming. */
  fates: Fate[];
};
