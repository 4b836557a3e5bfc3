import { REASONS, type Reason } from '../../jobs/mapping/reject.ts';
import { REJECT_TODO } from './of-rejects.ts';
import { ERRORS, type Group } from './registry.ts';

/** Heading of the page, by its first word, under which each group has its table. */
const HEADINGS: Record<Group | 'rejects', string> = {
  again: 'Asked',
  over: 'Over',
  fatal: 'Fatal',
  rejects: 'Skipped',
  command: 'Of the command',
};

const table = (head: string[], rows: (string | number)[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const tableOf = (group: keyof typeof HEADINGS): string => {
  if (group === 'rejects')
    return table(
      ['reason', 'meaning', 'what to do'],
      Object.entries(REASONS).map(([reason, meaning]) => [
        ...[`\`${reason}\``, meaning],
        REJECT_TODO[reason as Reason],
      ]),
    );
  const own = Object.entries(ERRORS).filter(([, known]) => known.group === group);
  return table(
    ['code', 'meaning', 'what to do', 'exit code'],
    own.map(([code, { meaning, todo, exit }]) => [`\`${code}\``, meaning, todo, exit]),
  );
};

const TABLE = /^\|.*\|$(?:\n\|.*\|$)*/m;

/** docs/errors.md with its tables made anew from the registry; what stands around them stays. */
export const errorsPage = (page: string): string => {
  const sections = page.split(/^(?=## )/m);
  const groups = Object.keys(HEADINGS) as (keyof typeof HEADINGS)[];
  return sections
    .map((section) => {
      const group = groups.find((each) => section.startsWith(`## ${HEADINGS[each]}`));
      return group ? section.replace(TABLE, () => tableOf(group)) : section;
    })
    .join('');
};
