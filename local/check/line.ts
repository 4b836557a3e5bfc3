/** What was found: it is fine, should be looked at, would make a sync fail, or could not be checked. */
export type Level = 'ok' | 'warning' | 'problem' | 'untried';

/**
 * One thing that was checked. `mend` says what to do, if anything; `sql` has the statements that do it,
 * if it is done in ONA.
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
