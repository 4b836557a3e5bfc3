import { readFile } from 'node:fs/promises';
import { UserError } from '../user-error.ts';

/**
 * The message in a file `{ "data": MESSAGE }`, as the inbox stores it and `openfn -s FILE` takes it.
 * Throws `MESSAGE_FILE_UNREADABLE` if the file is missing, not JSON or without `data`.
 */
export const readMessage = async (file: string): Promise<unknown> => {
  const fail = (why: string) => new UserError('MESSAGE_FILE_UNREADABLE', `${file} ${why}`);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw fail(`can't be read (${error.code})`);
  });
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    throw fail('is not JSON');
  }
  if (typeof state !== 'object' || state === null || !('data' in state))
    throw fail('has no "data"');
  return state.data;
};
