import type { Fault } from '../../local/primero/faults.ts';
import type { Primero } from './primero.ts';
import type { Draw } from './random.ts';

/** How Primero, and what stands before it, may fail. */
export const FAULT_KINDS = [
  'faults',
  'thin',
  'bursts',
  'filters',
  'fields',
  'narrow',
  'masks',
  'index',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const PASSING: readonly Fault[] = [
  { kind: 'status', status: 429, retryAfter: 3 },
  { kind: 'status', status: 503, retryAfter: 20 },
  { kind: 'status', status: 503, body: 'html' },
  { kind: 'status', status: 502, body: 'none' },
  { kind: 'status', status: 504, body: 'html' },
  { kind: 'status', status: 404, body: 'html' },
  { kind: 'html' },
  { kind: 'cut' },
  { kind: 'blank' },
  { kind: 'hang' },
  { kind: 'drop' },
];
const THIN: readonly Fault[] = [{ kind: 'empty' }, { kind: 'hollow' }, { kind: 'half' }];
const IGNORED = [
  ['record_state'],
  ['age'],
  ['type_of_case'],
  ['created_at'],
  ['order_by', 'order'],
  ['id'],
  ['fields'],
];
const FIELDS = [
  'age',
  'type_of_case',
  'created_at',
  'sex',
  'services_section',
  'location_current',
  'oscar_number',
  'case_id_display',
];

/** Answers between two thin ones that are to be healed: no question is read so often. */
const APART = 12;

/** Primero's misbehaviour in a history. */
export class Misbehaviour {
  /** Requests of which this share fails, and passes when asked again. */
  rate = 0;
  thinRate = 0;
  /** Since it began to behave: what may be the reason of a failure, or of a child not seen. */
  readonly active = new Set<FaultKind>();
  /** When the search began or ceased to show cases, other than by a change of them; ms. */
  shiftedAt = 0;
  readonly #primero: Primero;
  readonly #draw: Draw;
  readonly #clock: { now: number };
  readonly #say: (what: string) => void;
  #queue: Fault[] = [];
  #sinceThin = 0;

  constructor(primero: Primero, draw: Draw, clock: { now: number }, say: (what: string) => void) {
    this.#primero = primero;
    this.#draw = draw;
    this.#clock = clock;
    this.#say = say;
    primero.faults.use((request) => this.#plan(request.path));
  }

  #plan(path: string): Fault | undefined {
    const queued = this.#queue.shift();
    if (queued) return queued;
    this.#sinceThin += 1;
    if (this.#draw.chance(this.rate)) {
      this.active.add('faults');
      return this.#draw.pick(PASSING);
    }
    const isSearch = path === '/api/v2/cases';
    // A proxy that knows no such child is the worst of all: it must not be believed.
    if (!isSearch && this.rate > 0 && this.#draw.chance(0.3))
      return { kind: 'status', status: 404, body: 'html' };
    if (isSearch && this.#sinceThin > APART && this.#draw.chance(this.thinRate)) {
      this.#sinceThin = 0;
      return this.#draw.pick(THIN);
    }
    return undefined;
  }

  /** Something begins to go wrong, or to go well again. */
  play(kind: FaultKind): void {
    const draw = this.#draw;
    this.active.add(kind);
    if (kind === 'faults') this.#queueSome(draw.pick(PASSING), draw.pick([1, 2, 5, 8]));
    if (kind === 'bursts') this.#queueSome(draw.pick(THIN), 2 + draw.int(7));
    if (kind === 'filters')
      this.#queueSome({ kind: 'ignore', params: draw.pick(IGNORED) }, 1 + draw.int(6));
    if (kind === 'fields' || kind === 'narrow' || kind === 'masks') this.#limitRole(kind);
    if (kind === 'index' && this.#primero.hasIndex) this.#spoilIndex(this.#primero.store.size);
  }

  #queueSome(fault: Fault, times: number): void {
    this.#say(`Primero answers ${times} times with ${JSON.stringify(fault)}`);
    for (let queued = 0; queued < times; queued += 1) this.#queue.push(fault);
  }

  /** The role is limited, or, if it was, not any more. */
  #limitRole(kind: 'fields' | 'narrow' | 'masks'): void {
    const { role } = this.#primero;
    const draw = this.#draw;
    this.shiftedAt = this.#clock.now;
    if (kind === 'fields') {
      if (role.hiddenFields.size > 0) role.hiddenFields.clear();
      else role.hiddenFields.add(draw.pick(FIELDS));
      this.#say(`the role may not see these fields: ${[...role.hiddenFields]}`);
    } else if (kind === 'narrow') {
      const [divisor, rest] = [draw.pick([2, 5, 20, 60]), draw.int(2)];
      role.sees = role.sees ? undefined : ({ index }) => index % divisor !== rest;
      this.#say(`the role may ${role.sees ? `not see every ${divisor}th case` : 'see all cases'}`);
    } else {
      role.seesService = role.seesService ? undefined : (_, { index }) => index % 2 === 0;
      this.#say(`the role may see ${role.seesService ? 'only some' : 'all'} services`);
    }
  }

  #spoilIndex(size: number): void {
    const draw = this.#draw;
    const { store } = this.#primero;
    this.shiftedAt = this.#clock.now;
    switch (draw.int(5)) {
      case 0: {
        const share = draw.pick([0.2, 0.6, 0.95, 1]);
        this.#say(`Primero's index is built anew, as far as ${share}`);
        store.reindex(share);
        break;
      }
      case 1: {
        const index = draw.int(size);
        this.#say(`the index loses case ${index}`);
        store.hideFromIndex(index);
        break;
      }
      default: {
        const times: number[] = [];
        for (const { createdAt } of store.cases()) if (createdAt > 0) times.push(createdAt);
        const around = draw.pick(times);
        const count = draw.pick([
          1,
          3,
          this.#primero.largestPage + 5,
          2 * this.#primero.largestPage + 3,
        ]);
        this.#say(`the index has ${count} ghosts around ${new Date(around).toISOString()}`);
        for (let made = 0; made < count; made += 1)
          store.addGhosts(1, {
            createdAt: around + (draw.chance(0.5) ? 0 : draw.int(3_600_000)),
            age: draw.pick([9, 12, 30]),
            ...(draw.chance(0.5) && { type: 'children_undergoing_reintegration_55427' }),
          });
      }
    }
  }

  /** The index has all cases again: it is built anew, which ends ghosts, too, or each case is saved once more. */
  #restoreIndex(): void {
    const { store } = this.#primero;
    if (this.#draw.chance(0.4)) store.reindex(1);
    for (let index = 0; index < store.size; index += 1) store.showInIndex(index);
  }

  /** All is well again, for good. */
  end(): void {
    const { role, hasIndex } = this.#primero;
    this.rate = 0;
    this.thinRate = 0;
    this.#queue = [];
    this.active.clear();
    role.hiddenFields.clear();
    role.sees = undefined;
    role.seesService = undefined;
    // Ghosts stay until somebody has the index built anew.
    if (hasIndex) this.#restoreIndex();
    this.#say('Primero behaves again');
  }
}
