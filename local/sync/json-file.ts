import { readFile } from 'node:fs/promises';
import { UserError } from '../user-error.ts';

/**
 * Reads a JSON file of our own; null when there is none.
 * Throws a `UserError` when it is there and is not JSON.
 */
export const readJsonFile = async <T>(file: string): Promise<T | null> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UserError(
      'STATE_UNREADABLE',
      `cannot read ${file} (${error.code})`,
      `check its owner`,
    );
  });
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new UserError('STATE_UNREADABLE', `${file} is not JSON`, `remove it and run again`);
  }
};
