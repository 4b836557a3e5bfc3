import { Option } from 'commander';
import { createCliRunner } from '../engine/cli-runner.ts';
import { CLI_VARIABLE, requireCli } from '../engine/find-cli.ts';
import type { createRunner } from '../runner/index.ts';

export type Engine = 'runtime' | 'cli';

export const engineOption = () =>
  new Option(
    '--engine <engine>',
    `what runs the steps: OpenFn's runtime in this process, or the official openfn (on the PATH, or named in ${CLI_VARIABLE}), one process a run`,
  )
    .choices(['runtime', 'cli'])
    .default('runtime');

/** What the engine changes of a chain. Throws a `UserError` CLI_MISSING. */
export const engineOf = async (
  engine: Engine | undefined,
): Promise<{ makeRunner?: typeof createRunner }> => {
  if (engine !== 'cli') return {};
  const path = await requireCli();
  return { makeRunner: (options) => createCliRunner(path, options) };
};
