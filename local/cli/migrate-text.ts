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

/** Names of what a step made, by kind. Columns of a table that it made go without saying. */
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

/** A view that is made again has lost who may read it. */
const grantsOf = ({ name, made }: Step): string[] =>
  name === 'mended' && made.some((thing) => thing.startsWith('view '))
    ? ['who reads these views needs the grant anew (docs/deploy.md)']
    : [];

const stepText = (step: Step): string => {
  const { name, made } = step;
  const things = [...madeOf(made), ...grantsOf(step)];
  return [`${name}:`, ...(things.length > 0 ? things : ['rows only'])].join('\n    ');
};

/**
 * What `migrate` says.
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
      : [`ONA at ${place} is up to date: nothing to do.`]),
    ...(left.length > 0
      ? ['Left as it is, as it is not ours; a sync needs it changed:', ...left.map(lineText)]
      : []),
    ...(dryRun && steps.length > 0 ? ['A dry run: nothing was changed.'] : []),
    '',
  ].join('\n');
