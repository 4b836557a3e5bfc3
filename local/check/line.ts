/** What was found: fine, worth a look, or something that a sync would fail on; or it could not be tried. */
export type Level = 'ok' | 'warning' | 'problem' | 'untried';

/**
 * One thing that was checked. `mend` says what to do, where there is something to do; `sql` are the statements that do
 * it, where it is done in ONA.
 */
export type Line = { level: Level; about: string; text: string; mend?: string; sql?: string[] };

/** Makes the lines about one thing. */
export const about = (thing: string) => {
  const line =
    (level: Level) =>
    (text: string, mend: string, sql?: string[]): Line => ({
      ...{ level, about: thing, text, mend },
      ...(sql && { sql }),
    });
  return {
    ok: (text: string): Line => ({ level: 'ok', about: thing, text }),
    warning: line('warning'),
    problem: line('problem'),
    untried: line('untried'),
  };
};

/** A name or two, or many: `a, b and 3 more`. */
export const some = (names: readonly string[], most = 5): string => {
  const more = names.length - most;
  const shown = names.slice(0, most).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
};
