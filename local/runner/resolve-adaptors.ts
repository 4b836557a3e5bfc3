import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getNameAndVersion } from '@openfn/runtime';
import { inProject } from '../paths.ts';
import { UserError } from '../user-error.ts';
import type { Step } from './load-workflow.ts';
import type { AdaptorSource } from './types.ts';

/** An adaptor's folder, and where that was found. */
export type Adaptor = AdaptorSource & { path: string };

const installed = (name: string, folders: string[]): string | null => {
  for (const folder of folders) {
    try {
      return dirname(createRequire(join(folder, 'package.json')).resolve(`${name}/package.json`));
    } catch {
      // Not installed there: the next folder, or the drop-in, may have it.
    }
  }
  return null;
};

const versionOf = async (folder: string, name: string): Promise<string> => {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => {
    throw new UserError('ADAPTOR_MISSING', `${name} is neither installed nor built`);
  });
  return JSON.parse(text).version;
};

const find = async (name: string, given: string | undefined, base: string): Promise<Adaptor> => {
  if (given) return { from: 'given', path: given, version: await versionOf(given, name) };
  const official = installed(name, [base, inProject()]);
  if (official)
    return { from: 'official', path: official, version: await versionOf(official, name) };
  const dropIn = inProject('dist', 'adaptors', name.replace('@openfn/language-', ''));
  return { from: 'drop-in', path: dropIn, version: await versionOf(dropIn, name) };
};

/**
 * Finds the package of each adaptor that the steps name: the one in `given`, else the official one
 * if it can be resolved from the workflow's folder or the project, else the project's drop-in.
 * Throws `ADAPTOR_MISSING`.
 */
export const resolveAdaptors = async (
  steps: Step[],
  base: string,
  given: Record<string, string> = {},
): Promise<Record<string, Adaptor>> => {
  const names = new Set(steps.flatMap((s) => (s.adaptor ? getNameAndVersion(s.adaptor).name : [])));
  const found: Record<string, Adaptor> = {};
  for (const name of names) found[name] = await find(name, given[name], base);
  return found;
};
