/** Runs the tests that need the official CLI, where there is one; says so and ends well where there is none. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const { OPENFN_CLI: named, PATH = '' } = process.env;
const candidates = named ? [named] : PATH.split(delimiter).map((folder) => join(folder, 'openfn'));

const canRun = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const found = candidates.find(canRun);
if (!found) {
  console.log(
    'No openfn: nothing was tested. Install it with `npm install -g @openfn/cli`, or name it in OPENFN_CLI.',
  );
  process.exit(0);
}

console.log(`Testing with ${found}.`);
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', 'test/official/vitest.config.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, OPENFN_CLI: found } },
);
process.exit(status ?? 1);
