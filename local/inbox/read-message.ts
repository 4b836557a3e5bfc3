import { readFile } from 'node:fs/promises';

/**
 * The message in a file `{ "data": MESSAGE }`, as the inbox stores it and `openfn -s FILE` takes it.
 * Throws `MESSAGE_FILE_UNREADABLE` if the file is missing, not JSON or without `data`.
 */
export const readMessage = async (file: string): Promise<unknown> => {
  const fail = (why: string) =>
    new Error(`MESSAGE_FILE_UNREADABLE: ${file} ${why}; give a file of the form {"data": MESSAGE}`);
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
