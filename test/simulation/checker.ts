import type { Primero } from '../../local/primero/index.ts';
import { Broken } from './broken.ts';
import type { Database } from './database.ts';
import { digestOf, findBrokenPromises, Watch } from './invariants.ts';
import type { Machine } from './machine.ts';
import type { PrimeroFaults } from './primero-faults.ts';

/** Checks, whenever a run has ended, what must hold at any time. */
export class Checker {
  #ended = 0;
  #commits = 0;
  #digest = '';
  readonly #watch = new Watch();
  readonly #primero: Primero;
  readonly #ona: Database;
  readonly #faults: PrimeroFaults;

  constructor(primero: Primero, ona: Database, faults: PrimeroFaults) {
    this.#primero = primero;
    this.#ona = ona;
    this.#faults = faults;
  }

  async start(): Promise<this> {
    this.#digest = await digestOf(this.#ona);
    return this;
  }

  /** @throws {Broken} */
  async check({ ended, commits, holder }: Machine): Promise<void> {
    if (ended === this.#ended || holder) return;
    this.#ended = ended;
    const digest = await digestOf(this.#ona);
    if (commits === this.#commits) {
      if (digest !== this.#digest) throw new Broken('ONA changed, and no run has committed');
      return;
    }
    this.#commits = commits;
    this.#digest = digest;
    Broken.where(await this.#watch.look(this.#ona));
    if (this.#faults.believed === 0)
      Broken.where(await findBrokenPromises(this.#primero, this.#ona));
  }
}
