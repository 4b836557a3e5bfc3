import { readFile } from 'node:fs/promises';
import { defineConfig, type Plugin } from 'vitest/config';

/** SQL files as text, as in the bundles. */
const sqlAsText: Plugin = {
  name: 'sql-as-text',
  enforce: 'pre',
  load: async (id) =>
    id.endsWith('.sql') ? `export default ${JSON.stringify(await readFile(id, 'utf8'))};` : null,
};

/** Jobs run in vm modules, which Node has behind a flag; two workers, as CI machines have two cores. */
export default defineConfig({
  plugins: [sqlAsText],
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    execArgv: ['--experimental-vm-modules', '--no-warnings'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
