import { type Overrides, setOwn } from './overrides.ts';
import type { CaseView } from './records/case-view.ts';
import { FIELDS, type Field, makeRecord, type PrimeroRecord } from './records/fields.ts';
import { makeService } from './records/services.ts';

/**
 * What records hold: values that are drawn whenever they are asked for, and hand-made ones over
 * them.
 */
export class Content {
  readonly #view: CaseView;
  readonly #overrides = new Map<number, Overrides>();

  constructor(view: CaseView) {
    this.#view = view;
  }

  /** One field of one record, as Primero would give it now. */
  field(index: number, name: string): unknown {
    const override = this.#overrides.get(index);
    if (override && Object.hasOwn(override, name)) return override[name];
    return FIELDS.get(name)?.(this.#view.at(index));
  }

  /** Makes a record; `named`: only these, also of the hand-made fields that no case else has. */
  render(index: number, fields: readonly Field[], named?: readonly string[]): PrimeroRecord {
    const record = makeRecord(this.#view.at(index), fields);
    const override = this.#overrides.get(index);
    if (!override) return record;
    for (const [name, value] of Object.entries(override)) {
      const chosen = named ? name in record || named.includes(name) : true;
      if (value === undefined) delete (record as Overrides)[name];
      else if (chosen) setOwn(record, name, value);
    }
    return record;
  }

  /** Sets fields by hand, but those for which `drawn` says that drawing gives the value already. */
  override(index: number, changes: Overrides, drawn: (name: string) => boolean): void {
    const names = Object.keys(changes);
    if (names.length === 0) return;
    const rest: Overrides = { ...this.#overrides.get(index) };
    for (const name of names) {
      if (name === 'record_state') delete rest.enabled;
      if (drawn(name)) delete rest[name];
      else setOwn(rest, name, changes[name]);
    }
    if (Object.keys(rest).length > 0) this.#overrides.set(index, rest);
    else this.#overrides.delete(index);
  }

  /** Drops a hand-made value: the drawn one comes again. */
  redraw(index: number, name: string): void {
    const override = this.#overrides.get(index);
    if (override) delete override[name];
  }

  /** Adds a service (its number, or -1 for none) where services are hand-made. */
  addService(index: number, part: number): void {
    const services = this.#handMade(index);
    if (part >= 0) services?.push(makeService(this.#view.at(index), part));
  }

  /** Takes the oldest service away where services are hand-made. */
  dropService(index: number): void {
    this.#handMade(index)?.shift();
  }

  /** The hand-made services of a case, as a list of its own. */
  #handMade(index: number): unknown[] | undefined {
    const override = this.#overrides.get(index);
    if (!override || !Array.isArray(override.services_section)) return undefined;
    const services = [...override.services_section];
    override.services_section = services;
    return services;
  }
}
