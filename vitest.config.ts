import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { fastTests } from './test/tiers.ts';

/** Which tests run: `--mode fast` the quick ones, `--mode ci` all, else all but those for CI alone. */
const tierOf = (mode: string): { include: string[]; exclude?: string[] } => {
  if (mode === 'fast') return { include: fastTests() };
  const include = ['test/**/*.test.ts'];
  return mode === 'ci' ? { include } : { include, exclude: ['**/*.ci.test.ts'] };
};

/** Jobs run in vm modules, which Node has behind a flag; two workers, as CI machines have two cores. */
export default defineConfig(({ mode }) => ({
  // SQL and CSV files are text, as in the bundles.
  plugins: [
    {
      name: 'as-text',
      transform: (code, id) =>
        /\.(sql|csv)$/.test(id) ? `export default ${JSON.stringify(code)}` : undefined,
    },
  ],
  resolve: {
    // Tests that run jobs in their own process have the drop-in adaptors.
    alias: ['primero', 'postgresql'].map((name) => ({
      find: `@openfn/language-${name}`,
      replacement: fileURLToPath(new URL(`local/adaptors/${name}/index.ts`, import.meta.url)),
    })),
  },
  test: {
    ...tierOf(mode),
    // Pure functions share their modules: loading them anew for each file takes longer than the tests.
    isolate: mode !== 'fast',
    reporters: mode === 'ci' ? ['default', './test/support/skipped.ts'] : ['default'],
    // Histories that the simulation plays; `npm run simulate` plays more.
    env: { SIMULATION_SEEDS: process.env.SIMULATION_SEEDS ?? (mode === 'ci' ? '200' : '50') },
    pool: 'forks',
    // What passes need not be heard: adaptors print a line for each request.
    silent: 'passed-only',
    execArgv: ['--experimental-vm-modules', '--no-warnings'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}));
