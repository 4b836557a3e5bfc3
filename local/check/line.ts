/** What was found: fine, worth a look, or something that a sync would fail on. */
export type Level = 'ok' | 'warning' | 'problem';

/** One thing that was checked. `mend` says what to do, where there is something to do. */
export type Line = { level: Level; about: string; text: string; mend?: string };

/** Makes the lines about one thing. */
export const about = (thing: string) => ({
  ok: (text: string): Line => ({ level: 'ok', about: thing, text }),
  warning: (text: string, mend: string): Line => ({ level: 'warning', about: thing, text, mend }),
  problem: (text: string, mend: string): Line => ({ level: 'problem', about: thing, text, mend }),
});

/** A name or two, or many: `a, b and 3 more`. */
export const some = (names: readonly string[], most = 5): string => {
  const more = names.length - most;
  const shown = names.slice(0, most).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
};
