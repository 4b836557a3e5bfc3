import { Option } from 'commander';
import { createCliRunner } from '../engine/cli-runner.ts';
import { CLI_VARIABLE, requireCli } from '../engine/find-cli.ts';
import { createRunner } from '../runner/index.ts';
import { tellingRunner } from './progress/silence.ts';

export type Engine = 'runtime' | 'cli';

export const engineOption = () =>
  new Option(
    '--engine <engine>',
    `what runs the steps: OpenFn's runtime in this process, or the official openfn command (on the PATH, or named in ${CLI_VARIABLE}) in one process for each run`,
  )
    .choices(['runtime', 'cli'])
    .default('runtime');

/**
 * What runs the steps of a chain. It says which system it waits for.
 * @throws {UserError} CLI_MISSING
 */
export const engineOf = async (
  engine: Engine | undefined,
  say: (text: string) => void,
): Promise<{ makeRunner: typeof createRunner }> => {
  if (engine !== 'cli') return { makeRunner: tellingRunner(createRunner, say) };
  const path = await requireCli();
  return { makeRunner: tellingRunner((options) => createCliRunner(path, options), say) };
};
