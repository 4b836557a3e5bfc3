import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { stateFolder } from '../sync/state-folder.ts';
import { UserError } from '../user-error.ts';

/** Errors that a write to an open file gives without a path. Only files of the state folder are written so. */
const DISK = ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'];

/** Whether an error came from the operating system. Its text begins with a code that is not one of ours. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).errno === 'number';

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return !isAbsolute(way) && !/^\.\.(?:[\\/]|$)/.test(way);
};

/** The folder that could not be written to, if it is the state folder, inside it, or above it; else null. */
const folderOf = ({ code = '', path }: NodeJS.ErrnoException): string | null => {
  const state = resolve(stateFolder());
  if (path === undefined) return DISK.includes(code) ? state : null;
  const failed = resolve(path);
  if (isInside(dirname(failed), state)) return dirname(failed);
  return isInside(failed, state) || isInside(state, failed) ? state : null;
};

/** Gives STATE_UNWRITABLE if the system refused something in the state folder. Any other error is returned as it is. */
export const toStateError = (error: unknown): unknown => {
  if (!isSystemError(error)) return error;
  const folder = folderOf(error);
  if (folder === null) return error;
  return new UserError(
    'STATE_UNWRITABLE',
    `cannot write to ${folder} (${error.code})`,
    `check who owns it and whether there is space, or name another folder in PRIMERO_ONA_STATE`,
  );
};
