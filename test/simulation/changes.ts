import { REINTEGRATION_TYPE } from '../../jobs/lib/indicators.ts';
import type { Primero, PrimeroStore } from '../../local/primero/index.ts';
import type { Change } from './history.ts';

/** More cases than this may not vanish from all queries: jobs rightly refuse to take out more than 10 of so few (TOLERATED_SURPLUS). */
const MOST_VANISHED = 8;

/** More rejects than this may not be: a batch rightly fails at more than 10 of so few (TOLERATED_REJECTS). */
const MOST_REJECTED = 8;

const NO_DATE = 'last spring';

const OTHER_TYPE = 'children_in_residential_care_11111';

/** Plays changes in Primero. */
export class Changes {
  /** Cases that no query of the sync finds any more. */
  vanished = 0;
  /** Records that cannot be loaded. */
  rejected = 0;
  readonly #store: PrimeroStore;
  readonly #now: () => number;
  readonly #crowd: number;
  #instant = 0;
  /** A case that never changes: where ONA holds cases of an indicator, one that has none is rightly not believed. */
  readonly #pillar: number;

  /**
   * @param now Primero's clock
   * @param crowd how many times as many cases change at once as a change says
   */
  constructor({ store }: Pick<Primero, 'store'>, now: () => number, crowd: number) {
    this.#store = store;
    this.#now = now;
    this.#crowd = crowd;
    this.#pillar = store.create({
      at: now(),
      fields: { age: 10, type_of_case: REINTEGRATION_TYPE },
    });
  }

  /** Returns how many cases changed. */
  play({ kind, which, late, count }: Change): number {
    const store = this.#store;
    const now = this.#now() - late * 1000;
    if (kind === 'create') {
      store.create({ at: now });
      return 1;
    }
    // The store gives one object for all cases: each is read at once.
    const indexes = Array.from(store.cases(), ({ index }) => index).filter(
      (index) => index !== this.#pillar,
    );
    if (indexes.length === 0) return 0;
    const nth = (n: number) => indexes[(which + n) % indexes.length]!;
    const first = (most: number) =>
      Array.from({ length: Math.min(most, indexes.length) }, (_, n) => nth(n));
    switch (kind) {
      case 'many in one second': {
        const second = Math.floor(now / 1000) * 1000;
        const many = first(count * this.#crowd);
        for (const [n, index] of many.entries()) this.#update(index, second + ((n * 37) % 1000));
        return many.length;
      }
      case 'many in one instant': {
        this.#instant = now;
        const many = first(count * this.#crowd);
        for (const index of many) this.#update(index, now);
        return many.length;
      }
      case 'same instant again':
        if (now - this.#instant > 60_000) return 0;
        this.#update(nth(0), this.#instant);
        return 1;
      case 'create with a case_id that is taken':
        if (!this.#mayReject()) return 0;
        store.create({
          at: now,
          fields: { case_id_display: store.field(nth(0), 'case_id_display') },
        });
        return 1;
      case 'copy the services of another':
        store.update(nth(0), {
          at: this.#after(nth(0), now),
          changes: { services_section: store.field(nth(1), 'services_section') },
        });
        return 1;
      case 'create a bad record':
        if (!this.#mayReject()) return 0;
        store.create({ at: now, fields: { registration_date: NO_DATE } });
        return 1;
      case 'delete for good':
        if (this.vanished >= MOST_VANISHED) return 0;
        this.vanished += 1;
        store.deleteForGood(nth(0));
        return 1;
      case 'disable': {
        const few = first(1 + (count % 4));
        for (const index of few) store.disable(index, this.#after(index, now));
        return few.length;
      }
      default:
        return this.#one(kind, nth(0), now) ? 1 : 0;
    }
  }

  #mayReject(): boolean {
    if (this.rejected >= MOST_REJECTED) return false;
    this.rejected += 1;
    return true;
  }

  /** A case is never dated before its last change. */
  #after(index: number, at: number): number {
    return Math.max(at, this.#store.columns.updatedAt[index]! + 1);
  }

  #update(index: number, at: number): void {
    this.#store.update(index, { at: this.#after(index, at) });
  }

  #one(kind: Change['kind'], index: number, now: number): boolean {
    const store = this.#store;
    const at = this.#after(index, now);
    const hasType = store.field(index, 'type_of_case') === REINTEGRATION_TYPE;
    const hasAge = typeof store.field(index, 'age') === 'number';
    const mayVanish = this.vanished < MOST_VANISHED;
    switch (kind) {
      case 'enable':
        store.enable(index, at);
        break;
      case 'turn 18':
        store.turn18(index, at);
        break;
      case 'come back under 18':
        store.setAge(index, 10, at);
        break;
      case 'blank the age':
        if (!hasType && hasAge) {
          if (!mayVanish) return false;
          this.vanished += 1;
        }
        store.setAge(index, null, at);
        break;
      case 'become reintegration':
        store.setType(index, REINTEGRATION_TYPE, at);
        break;
      case 'leave reintegration':
        if (hasType && !hasAge) {
          if (!mayVanish) return false;
          this.vanished += 1;
        }
        store.setType(index, OTHER_TYPE, at);
        break;
      case 'add a service':
        store.addService(index, at);
        break;
      case 'drop a service':
        store.dropService(index, at);
        break;
      case 'spoil a record':
        if (!this.#mayReject()) return false;
        store.update(index, { at, changes: { registration_date: NO_DATE } });
        break;
      case 'mend a record':
        store.update(index, { at, changes: { registration_date: '2026-01-09' } });
        break;
      default:
        store.update(index, { at });
    }
    return true;
  }
}
