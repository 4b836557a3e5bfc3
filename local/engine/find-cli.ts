import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { UserError } from '../user-error.ts';

/** The environment variable that names the official CLI if it is not on the PATH. */
export const CLI_VARIABLE = 'OPENFN_CLI';

const canRun = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** Path of the official CLI: the one that OPENFN_CLI names, else the first `openfn` on the PATH; or null. */
export const findCli = async (env: NodeJS.ProcessEnv = process.env): Promise<string | null> => {
  const named = env[CLI_VARIABLE];
  const paths = named
    ? [named]
    : (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'openfn'));
  for (const path of paths) if (await canRun(path)) return path;
  return null;
};

/** As `findCli`. Throws a `UserError` CLI_MISSING, exit code 2. */
export const requireCli = async (env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const path = await findCli(env);
  if (path) return path;
  throw new UserError(
    'CLI_MISSING',
    `no openfn to run`,
    `install it with \`npm install -g @openfn/cli\`, or name it in ${CLI_VARIABLE}`,
  );
};
