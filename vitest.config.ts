import { defineConfig } from 'vitest/config';

/** Jobs run in vm modules, which Node has behind a flag; two workers, as CI machines have two cores. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    execArgv: ['--experimental-vm-modules', '--no-warnings'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
