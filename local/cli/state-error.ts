import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { stateFolder } from '../sync/state-folder.ts';
import { UserError } from '../user-error.ts';

/** What a write to an open file says without a path; such files are those of the state folder. */
const DISK = ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'];

/** Whether an error came from the operating system: its text begins with a code that is none of ours. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).errno === 'number';

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return !isAbsolute(way) && !/^\.\.(?:[\\/]|$)/.test(way);
};

/** The folder that could not be written in, where it is the state folder, in it, or on the way to it; else null. */
const folderOf = ({ code = '', path }: NodeJS.ErrnoException): string | null => {
  const state = resolve(stateFolder());
  if (path === undefined) return DISK.includes(code) ? state : null;
  const failed = resolve(path);
  if (isInside(dirname(failed), state)) return dirname(failed);
  return isInside(failed, state) || isInside(state, failed) ? state : null;
};

/** STATE_UNWRITABLE where the system refused something in the state folder; any other error as it is. */
export const toStateError = (error: unknown): unknown => {
  if (!isSystemError(error)) return error;
  const folder = folderOf(error);
  if (folder === null) return error;
  return new UserError(
    'STATE_UNWRITABLE',
    `cannot write in ${folder} (${error.code})`,
    `check its owner and space, or name another in PRIMERO_ONA_STATE`,
  );
};
