import type { Line } from '../check/line.ts';

/** A line of `check` for people, followed by the statements that would correct the problem. */
export const lineText = ({ about, text, mend, sql = [] }: Line): string =>
  [`${about}: ${text}${mend ? `. ${mend}` : ''}`, ...sql.map((each) => `           ${each}`)].join(
    '\n',
  );
