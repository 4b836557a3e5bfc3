import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Nearest folder at or above this file that holds `workflow.json`: right for source and build. */
const findRoot = (folder: string): string => {
  if (existsSync(join(folder, 'workflow.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('workflow.json not found: clone the whole repository, or install it again');
  return findRoot(parent);
};

/** Absolute path of the project's folder. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Whether this is the installed package: that has no sources. */
export const IS_INSTALLED = !existsSync(join(ROOT, 'local', 'cli.ts'));

/**
 * Absolute path of a file or folder of the project.
 * @example <caption>Where runs keep their data</caption>
 * inProject('state', 'local')
 */
export const inProject = (...parts: string[]): string => join(ROOT, ...parts);
