import { OTHER_TYPES, REINTEGRATION } from '../../local/primero/codes.ts';
import type { Primero } from './primero.ts';
import type { Draw } from './random.ts';

/** What happens to a history. Each seed has some of them, and not the others. */
export const CHANGE_KINDS = [
  'edits',
  'states',
  'deletes',
  'indicators',
  'created',
  'ids',
  'services',
  'values',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

const SECOND = 1000;
const DAY = 86_400_000;

/** Values that cannot be loaded, of a record and of a service. */
const BAD_VALUES: Record<string, unknown>[] = [
  { registration_date: '2026-02-30' },
  { sex: 'a\u0000b' },
  { case_id_display: null },
  { consent_reporting: 'perhaps' },
  { age: '9 years' },
  { location_current: '9'.repeat(40) },
  { sex: 'x'.repeat(2000) },
];
const GOOD_VALUES: Record<string, unknown> = {
  ...{ registration_date: '2026-01-09', sex: 'female', consent_reporting: true, age: 9 },
  location_current: '10060802',
};

/** Changes in Primero, as its people make them. */
export class Changes {
  /** By case: when something about it changed that decides whether a search finds it, ms. */
  readonly touched = new Map<number, number>();
  readonly #primero: Primero;
  readonly #draw: Draw;
  readonly #clock: { now: number };
  readonly #say: (what: string) => void;
  #ids = 0;
  /** Cases with a bad value. */
  readonly #bad = new Set<number>();
  readonly #mostBad: number;

  constructor(primero: Primero, draw: Draw, clock: { now: number }, say: (what: string) => void) {
    this.#primero = primero;
    this.#draw = draw;
    this.#clock = clock;
    this.#say = say;
    this.#mostBad = draw.pick([5, 5, 14]);
  }

  get #store() {
    return this.#primero.store;
  }

  /** Cases that exist. */
  indexes(): number[] {
    const indexes: number[] = [];
    for (const { index } of this.#store.cases()) indexes.push(index);
    return indexes;
  }

  #name(index: number): string {
    return `${index} (${String(this.#store.field(index, 'id')).slice(0, 8)})`;
  }

  #change(index: number, changes: Record<string, unknown>, isSeen = true): void {
    this.#clock.now += 1 + this.#draw.int(400);
    this.#store.update(index, { at: this.#clock.now, changes });
    if (!isSeen) this.touched.set(index, this.#clock.now);
  }

  /** The first cases: most by themselves, some many to a second. */
  begin(cases: number, crowded: number): void {
    const start = this.#clock.now - 900 * DAY;
    let at = start;
    let left = 0;
    for (let made = 0; made < cases; made += 1) {
      if (left === 0) {
        at += 1 + this.#draw.int((1400 * DAY) / (cases + 1));
        at = Math.min(at, this.#clock.now - 60 * SECOND);
        left = crowded > 1 && this.#draw.chance(0.1) ? 1 + this.#draw.int(crowded) : 1;
      }
      const second = Math.floor(at / SECOND) * SECOND;
      this.#store.create({ at: left > 1 ? second + this.#draw.int(SECOND) : at });
      left -= 1;
    }
    this.#clock.now += 1;
  }

  create(count: number): void {
    const created = this.#clock.now;
    for (let made = 0; made < count; made += 1) {
      if (this.#draw.chance(count > 3 ? 0.02 : 0.5)) this.#clock.now += this.#draw.int(3 * SECOND);
      const index = this.#store.create({ at: this.#clock.now });
      this.touched.set(index, this.#clock.now);
    }
    this.#clock.now += 1;
    this.#say(`${count} cases are created within ${this.#clock.now - created} ms`);
  }

  /** One change of a kind. */
  play(kind: ChangeKind): void {
    const all = this.indexes();
    if (all.length < 3) this.create(3);
    else this.#events[kind](this.#draw.pick(all), all);
  }

  readonly #events: Record<ChangeKind, (index: number, all: number[]) => void> = {
    edits: (index) => {
      if (this.#draw.chance(0.2)) return this.create(1 + this.#draw.int(3));
      this.#say(`case ${this.#name(index)} is updated`);
      const age = this.#store.field(index, 'age');
      this.#change(index, this.#draw.chance(0.3) ? { sex: 'male', age } : {});
    },
    states: (index) => this.#changeState(index),
    deletes: (index) => {
      if (this.#draw.chance(0.4)) return this.create(1);
      this.#say(`case ${this.#name(index)} is deleted for good`);
      this.#store.deleteForGood(index);
    },
    indicators: (index) => {
      const other = this.#draw.pick(OTHER_TYPES);
      const changes = this.#draw.pick<Record<string, unknown>>([
        { age: 18 },
        { age: 18 },
        { age: null },
        { age: this.#draw.int(18) },
        { type_of_case: REINTEGRATION },
        { type_of_case: other },
        { type_of_case: null },
        { age: 18, type_of_case: other },
        { age: 18, type_of_case: other },
      ]);
      this.#say(`case ${this.#name(index)} gets ${JSON.stringify(changes)}`);
      this.#change(index, changes, false);
    },
    created: (index, all) => this.#dateCreation(index, all),
    ids: (index, all) =>
      this.#act(this.#idEvents(index, this.#draw.pick(all), this.#draw.pick(all))),
    services: (index, all) => this.#act(this.#serviceEvents(index, this.#draw.pick(all))),
    values: (index) => this.#changeValues(index),
  };

  #act(events: [said: string, act: () => void][]): void {
    const [said, act] = this.#draw.pick(events);
    this.#say(said);
    act();
  }

  #changeState(index: number): void {
    const state = this.#draw.pick([true, false, false, false, null]);
    // Some are put back: more than a few without a state, or gone, would rightly stop a sync.
    const off = this.indexes().filter((each) => this.#store.field(each, 'enabled') !== true);
    const isBack = off.length > 4 || (state === true && off.length > 0);
    const chosen = isBack ? this.#draw.pick(off) : index;
    const next = off.length > 4 ? true : state;
    this.#say(`case ${this.#name(chosen)} gets the state ${next}`);
    this.#change(chosen, { record_state: next }, false);
  }

  #dateCreation(index: number, all: number[]): void {
    const times = all.map((each) => this.#store.facts(each).createdAt).filter((time) => time > 0);
    const { now } = this.#clock;
    const ago = now - this.#draw.int(900 * DAY);
    const time = this.#draw.pick([null, ago, this.#draw.pick([...times, now]), now]);
    const created = time === null ? undefined : new Date(time).toISOString();
    this.#say(`case ${this.#name(index)} gets created_at ${created ?? 'blank'}`);
    this.#change(index, { created_at: created }, false);
  }

  /** case_ids that are shared, swapped, handed on, or new. */
  #idEvents(first: number, second: number, third: number): [string, () => void][] {
    const [a, b, c] = [first, second, third].map((index) =>
      this.#store.field(index, 'case_id_display'),
    );
    this.#ids += 1;
    const fresh = `new${this.#ids}`;
    const give = (...ids: unknown[]) => {
      for (const [at, id] of ids.entries())
        this.#change([first, second, third][at]!, { case_id_display: id });
    };
    const names = [first, second, third].map((index) => this.#name(index)).join(', ');
    return [
      [`case_ids of ${names}: the first takes the second's as well`, () => give(b)],
      [`case_ids of ${names}: the first two swap`, () => give(b, a)],
      [`case_ids of ${names}: handed on in a circle`, () => give(b, c, a)],
      [`case_ids of ${names}: handed on, and the last gets ${fresh}`, () => give(b, c, fresh)],
      [`case_ids of ${names}: the first gets ${fresh}`, () => give(fresh)],
    ];
  }

  /** Services that move, are swapped, stand there twice, lack an id, cannot be loaded, or are no list. */
  #serviceEvents(first: number, second: number): [string, () => void][] {
    const of = (index: number): Record<string, unknown>[] => {
      const services = this.#store.field(index, 'services_section');
      return Array.isArray(services) ? services : [];
    };
    const give = (index: number, services: unknown) =>
      this.#change(index, { services_section: services });
    const [a, b] = [of(first), of(second)];
    const [one, both] = [this.#name(first), `${this.#name(first)} and ${this.#name(second)}`];
    const giveBoth = (mine: unknown[], other: unknown[]) => {
      give(first, mine);
      give(second, first === second ? mine : other);
    };
    const badDate = { service_implemented_day_time: '2026-02-30T00:00:00Z' };
    this.#ids += 1;
    const fresh = { unique_id: `service${this.#ids}`, service_type: 'other' };
    const dated = { ...fresh, service_implemented_day_time: '2026-05-01T08:00:00Z' };
    return [
      [`services of ${both} are swapped`, () => giveBoth(b, a)],
      [`services move: ${both}`, () => giveBoth([], [...b, ...a])],
      [`services are copied: ${both}`, () => give(second, [...b, ...a.slice(0, 1)])],
      [`a service of ${one} stands there twice`, () => give(first, [...a, ...a.slice(0, 1)])],
      [
        `services of ${one}: one without an id, one with a bad date`,
        () =>
          give(first, [
            ...a.map((each, index) => (index === 0 ? { ...each, ...badDate } : each)),
            { service_type: 'health_medical_service' },
          ]),
      ],
      [`services of ${one} are all deleted`, () => give(first, [])],
      [`services of ${one} are no list`, () => give(first, 'none')],
      [`case ${one} gets a service`, () => give(first, [...a, dated])],
    ];
  }

  #changeValues(drawn: number): void {
    // More than ten rejects may rightly refuse a census.
    const isBad = this.#bad.size < this.#mostBad && this.#draw.chance(0.6);
    const [index] = isBad || this.#bad.size === 0 ? [drawn] : this.#bad;
    if (isBad) this.#bad.add(index!);
    else this.#bad.delete(index!);
    this.#spoil(index!, isBad);
  }

  #spoil(index: number, isBad: boolean): void {
    const values = isBad
      ? this.#draw.pick(BAD_VALUES)
      : { ...GOOD_VALUES, case_id_display: `good${++this.#ids}` };
    this.#say(
      `case ${this.#name(index)} gets ${isBad ? 'a bad value' : 'good values'}: ${Object.keys(values)}`,
    );
    this.#change(index, values, !('age' in values));
  }

  /** Puts right what keeps records from being loaded. */
  mend(ids: readonly string[]): void {
    for (const id of ids) {
      const index = this.#store.indexOf(id);
      if (index !== undefined) this.#spoil(index, false);
    }
    this.#bad.clear();
  }
}
