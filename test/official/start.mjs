/** Runs the tests that need the official CLI, where there is one; says so and ends well where there is none. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
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

/** What each file of tests is about, by the titles of its tests. */
const titles = () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder).filter((name) => name.endsWith('.official.ts'));
  return files.flatMap((name) => {
    const code = readFileSync(join(folder, name), 'utf8');
    const tests = code.matchAll(/\btest(?:\.each\(.*?\))?\(\s*'(.*?)',/gs);
    return [...tests].map(([, title]) => `- ${name}: ${title.replaceAll('%s', '…')}`);
  });
};

const found = candidates.find(canRun);
if (!found) {
  const what = [...titles(), '- test/local/adaptors: the same tests, on the official adaptors'];
  console.log(`Not tested here, for want of openfn:\n${what.join('\n')}`);
  console.log('Install it with `npm install -g @openfn/cli`, or name it in OPENFN_CLI.');
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
