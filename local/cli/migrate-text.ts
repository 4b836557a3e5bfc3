import type { Line } from '../check/line.ts';
import type { Step } from '../ona/migrate.ts';
import { lineText } from './line-text.ts';

const KINDS = [
  ['table', 'tables'],
  ['column', 'columns'],
  ['index', 'indexes'],
  ['function', 'functions'],
  ['view', 'views'],
] as const;

/** Names of what a step made, by kind. The columns of a table that it made are not listed. */
const madeOf = (made: readonly string[]): string[] => {
  const tables = made.filter((thing) => thing.startsWith('table ')).map((thing) => thing.slice(6));
  return KINDS.flatMap(([kind, plural]) => {
    const names = made
      .filter((thing) => thing.startsWith(`${kind} `))
      .map((thing) => thing.slice(kind.length + 1))
      .filter((name) => kind !== 'column' || !tables.includes(name.split('.')[0]!));
    return names.length === 0 ? [] : [`${names.length === 1 ? kind : plural} ${names.join(', ')}`];
  });
};

/** A view that is made again has lost its grants. */
const grantsOf = ({ name, made }: Step): string[] =>
  name === 'mended' && made.some((thing) => thing.startsWith('view '))
    ? ['users who read these views must be granted that again (docs/deploy.md)']
    : [];

const stepText = (step: Step): string => {
  const { name, made } = step;
  const things = [...madeOf(made), ...grantsOf(step)];
  return [`${name}:`, ...(things.length > 0 ? things : ['rows only'])].join('\n    ');
};

/**
 * The text that `migrate` prints.
 * @param place where ONA is
 * @param left what stays as it is, and keeps a sync from passing
 */
export const migrateText = (
  { steps, left, place }: { steps: Step[]; left: Line[]; place: string },
  dryRun: boolean,
): string =>
  [
    ...(steps.length > 0
      ? [dryRun ? `ONA at ${place} would get:` : `ONA at ${place} got:`, ...steps.map(stepText)]
      : [`ONA at ${place} is up to date. There is nothing to do.`]),
    ...(left.length > 0
      ? [
          'Not changed, because it belongs to the ONA team. A sync needs it to be changed:',
          ...left.map(lineText),
        ]
      : []),
    ...(dryRun && steps.length > 0 ? ['A dry run: nothing was changed.'] : []),
    '',
  ].join('\n');
