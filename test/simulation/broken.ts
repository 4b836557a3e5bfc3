/** A promise that was broken, with what was found. */
export class Broken extends Error {
  /** Throws where something was found. */
  static where(found: readonly string[]): void {
    if (found.length > 0) throw new Broken(found.slice(0, 8).join('\n'));
  }
}
