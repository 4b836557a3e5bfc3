import { InvalidArgumentError, Option } from 'commander';
import { MOST_SLICES } from '../slices/slices-first.ts';
import { EXIT, UserError } from './user-error.ts';

export const slicesOption = () =>
  new Option(
    '--slices <n>',
    'parts of what is missing that are brought over side by side, each in a process of its own: 1, or 2 where much is missing',
  ).argParser((text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= 1 && value <= MOST_SLICES) return value;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_SLICES}.`);
  });

/** A backfill walks one window from its start; the official openfn is not started side by side. */
export const checkSlices = (options: {
  slices?: number;
  backfill?: unknown;
  engine?: string;
}): void => {
  if (options.slices === undefined) return;
  const other = options.backfill ? '--backfill' : options.engine === 'cli' ? '--engine cli' : null;
  if (other === null) return;
  throw new UserError(
    'USAGE',
    `--slices and ${other} exclude each other: leave one out`,
    EXIT.usage,
  );
};
