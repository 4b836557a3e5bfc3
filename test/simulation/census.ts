import type { MappedCase } from '../../jobs/mapping/record.ts';
import { caseDifferences, type Mapping, serviceDifferences } from './expected.ts';
import { broken } from './invariants.ts';
import { countsFor, type Fields, type Said } from './says.ts';
import type { Content, NotedSync } from './snapshot.ts';

/** What a complete census is held against. */
export interface Census {
  sync: NotedSync;
  before: Content;
  after: Content;
  /** Answers of batches that were written and that the design lets count, by child, in their order. */
  said: ReadonlyMap<string, readonly Said[]>;
  /** Living children that count and that the search shows: all of them must be held, or be rejects. */
  findable: readonly Fields[];
  /** When something about a child last changed that decides whether a search finds it, ms. */
  touchedAt: (id: string) => number;
  /** Answers that came short again and again may hide who is new. */
  mayMiss: boolean;
  /** Several runs of one sync overlapped: which of their answers is the last one is not certain. */
  overlaps: boolean;
}

type Held = Record<string, unknown>;

const byId = (rows: readonly Held[]): Map<string, Held> =>
  new Map(rows.flatMap((row) => (row.primero_id ? [[String(row.primero_id), row]] : [])));

/** Checks one census; `tell` is told of each child that an excuse holds for. */
export class CensusCheck {
  readonly #census: Census;
  readonly #mapping: Mapping;
  readonly #tell: (what: string) => void;
  readonly #held: Map<string, Held>;
  readonly #heldBefore: Map<string, Held>;
  readonly #owners: Map<string, Held>;
  /** Children whose row is what a record says, with what it says. */
  readonly #written = new Map<string, MappedCase>();
  /** Children that are held, and what the record that could not be loaded counts for. */
  readonly #rejected = new Map<string, string[]>();

  constructor(census: Census, mapping: Mapping, tell: (what: string) => void) {
    this.#census = census;
    this.#mapping = mapping;
    this.#tell = tell;
    this.#held = byId(census.after.cases);
    this.#heldBefore = byId(census.before.cases);
    this.#owners = new Map(census.after.cases.map((row) => [String(row.case_id), row]));
  }

  check(): void {
    const { said, findable, mayMiss } = this.#census;
    const ids = new Set([...said.keys(), ...this.#held.keys(), ...this.#heldBefore.keys()]);
    for (const id of ids) this.#checkChild(id, said.get(id) ?? []);
    for (const record of findable) {
      if (this.#held.has(record.id) || said.get(record.id)?.length) continue;
      if (mayMiss) this.#tell('a child that short answers hid');
      else broken(`Child ${record.id} counts, and no question of the census brought it`);
    }
    this.#checkRejects();
    this.#checkServices();
    this.#checkIndicators();
  }

  #checkChild(id: string, said: readonly Said[]): void {
    const held = this.#held.get(id);
    const wasHeld = this.#heldBefore.has(id);
    const last = said.at(-1);
    if (!last) {
      if (held && wasHeld) broken(`Child ${id} was held, and nobody looked at it`);
      if (held) broken(`Child ${id} is held, and no answer brought it`);
      return;
    }
    if (last.what === 'gone') {
      if (held) broken(`Child ${id} is held, and Primero said that it is gone`);
      return;
    }
    if (last.what === 'unseen') {
      if (wasHeld && !held) broken(`Child ${id} may not be seen, and left ONA`);
      if (held && !/unseen/.test(this.#census.sync.reason ?? ''))
        broken(`Child ${id} may not be seen, and the sync is complete without a word of it`);
      return;
    }
    this.#checkBrought(id, said, held, wasHeld);
  }

  #checkBrought(id: string, said: readonly Said[], held: Held | undefined, wasHeld: boolean): void {
    const brought = said.filter(({ what }) => what === 'brings').map(({ record }) => record!);
    const versions = this.#census.overlaps ? brought.reverse() : brought.slice(-1);
    const mapped = versions.map((record) => this.#mapping.map(record));
    const counts = versions.some((record) => countsFor(record).length > 0);
    if (!held && !wasHeld && !counts) return;
    if (!held && !wasHeld && this.#census.touchedAt(id) >= said.at(-1)!.now) {
      this.#tell('a child that went while it was read');
      return;
    }
    const fitting = mapped.find(
      ({ row }) => held && row && caseDifferences(row, held).length === 0,
    );
    if (fitting) {
      this.#written.set(id, fitting);
      return;
    }
    const excuse = mapped.map((each) => this.#excuseOf(id, each));
    if (excuse.every((each) => each === null)) {
      const [first] = mapped;
      const how =
        held && first?.row ? `differs in ${caseDifferences(first.row, held)}` : 'is not held';
      broken(`Child ${id} ${how}, and Primero's last answer brought it`);
    }
    if (held && versions.length === 1) this.#rejected.set(id, mapped[0]!.indicators);
    this.#tell(excuse.find((each) => each !== null)!);
  }

  /** Why a record is not what ONA holds of its child; null where there is no reason. */
  #excuseOf(id: string, { row, indicators }: MappedCase): string | null {
    const rejects = this.#census.after.rejects.filter(
      (each) => each.primero_id === id && each.scope === 'case',
    );
    if (!row) return rejects.length > 0 ? 'a record that cannot be loaded' : null;
    const holder = this.#owners.get(String(row.case_id));
    const isTaken = holder && holder.primero_id !== id;
    const isNamed = rejects.some(({ wanted }) => wanted === row.case_id);
    if (isTaken && isNamed) return 'a case_id that another child has';
    // One that counts for nothing needs no row, and gives it up for one that counts.
    if (isTaken && indicators.length === 0 && !this.#held.has(id)) return 'a case_id given up';
    return null;
  }

  /** Whoever wants an id must be refused by somebody who has it by right. */
  #checkRejects(): void {
    const { rejects, services } = this.#census.after;
    for (const { primero_id, scope, wanted, field, reason } of rejects) {
      if (wanted === null) continue;
      const holder =
        scope === 'case'
          ? this.#owners.get(wanted)
          : services.find(({ unique_id }) => unique_id === wanted);
      if (!holder || holder.primero_id === primero_id)
        broken(`Reject ${reason} of ${primero_id}, ${field}: nobody else has the id`);
      const holderId = String(holder!.primero_id);
      if (scope === 'case' && !this.#isBetter(holderId, primero_id))
        broken(`Reject of ${primero_id}: ${holderId} has its case_id and counts for nothing`);
    }
  }

  #isBetter(holder: string, other: string): boolean {
    const counts = (id: string) => {
      const last = this.#census.said.get(id)?.at(-1);
      return last?.what === 'brings' ? countsFor(last.record!).length > 0 : null;
    };
    // A holder whose record could not be written is in ONA what it was: it may count there.
    const isReject = this.#census.after.rejects.some(
      ({ primero_id, scope }) => primero_id === holder && scope === 'case',
    );
    const isWorse = counts(holder) === false && counts(other) === true;
    return !isWorse || isReject || this.#census.overlaps;
  }

  #checkServices(): void {
    const { services, rejects } = this.#census.after;
    const owned = new Map(services.map((row) => [String(row.unique_id), row]));
    for (const [id, { services: wanted }] of this.#written)
      for (const { row } of wanted) {
        const held = owned.get(String(row.unique_id));
        if (!held) broken(`A service of ${id} is missing: ${row.unique_id}`);
        else if (held.primero_id === id) {
          const wrong = serviceDifferences(row, held);
          if (wrong.length > 0) broken(`Service ${row.unique_id} of ${id} differs in ${wrong}`);
        } else if (!rejects.some((each) => each.primero_id === id && each.wanted === row.unique_id))
          broken(
            `Service ${row.unique_id} of ${id} belongs to ${held.primero_id}, without a reject`,
          );
        else this.#tell('a service that another child has');
      }
    for (const service of services) this.#checkService(service);
  }

  #checkService(service: Held): void {
    const id = service.primero_id === null ? null : String(service.primero_id);
    const child = id === null ? this.#owners.get(String(service.case_id)) : this.#held.get(id);
    if (!child) {
      // Who lost its row to a hand, and wants an id that is taken, waits for it.
      const waits = this.#census.after.rejects.some((each) => each.primero_id === id);
      if (id !== null && !waits) broken(`Service ${service.unique_id} belongs to nobody`);
      return;
    }
    const owner = this.#written.get(String(child.primero_id));
    // What an earlier integration left stays where the child's own list cannot be read.
    if (id === null && owner && owner.kept !== null)
      broken(`Service ${service.unique_id} has the case_id of ${child.primero_id}, and no child`);
    if (service.case_id !== child.case_id && !this.#isUntouched(service, child))
      broken(`Service ${service.unique_id} does not have the case_id of its child`);
    const mapped = id === null ? undefined : this.#written.get(id);
    if (!mapped || mapped.kept === null || mapped.kept.includes(String(service.unique_id))) return;
    if (!mapped.services.some(({ row }) => row.unique_id === service.unique_id))
      broken(`Service ${service.unique_id} of ${id} is not in Primero`);
  }

  /** Whether a child and a service are as a hand left them: the child was not written, as it may not be seen or is a reject. */
  #isUntouched(service: Held, child: Held): boolean {
    const before = this.#census.before.services.find(
      ({ unique_id }) => unique_id === service.unique_id,
    );
    const childBefore = this.#heldBefore.get(String(child.primero_id));
    const isAsBefore =
      before?.case_id === service.case_id && childBefore?.case_id === child.case_id;
    if (!isAsBefore || this.#written.has(String(child.primero_id))) return false;
    this.#tell('a service as a hand left it');
    return true;
  }

  #checkIndicators(): void {
    const open = new Map<string, string[]>();
    for (const { primero_id, indicator, until } of this.#census.after.indicators)
      if (until === null) open.set(primero_id, [...(open.get(primero_id) ?? []), indicator]);
    const written = [...this.#written].map(([id, { indicators }]) => [id, indicators] as const);
    for (const [id, indicators] of [...written, ...this.#rejected])
      if ([...indicators].sort().join() !== (open.get(id) ?? []).sort().join())
        broken(`Child ${id} counts for ${indicators}, and ONA has ${open.get(id) ?? 'nothing'}`);
    for (const id of open.keys())
      if (!this.#held.has(id) && !this.#census.after.rejects.some((each) => each.primero_id === id))
        broken(`Indicators of ${id}, which is not held`);
  }
}
