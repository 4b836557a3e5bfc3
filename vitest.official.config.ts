import { defineConfig } from 'vitest/config';
import { officialAdaptors } from './test/official/installed.ts';
import base from './vitest.config.ts';

const folder = await officialAdaptors();

/** What needs the official CLI and adaptors: `npm run test:official`. Runs take seconds each there. */
export default defineConfig({
  test: {
    ...base.test,
    include: ['test/official/**/*.official.ts', 'test/local/adaptors/*.test.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    env: folder ? { OFFICIAL_ADAPTORS: folder } : {},
  },
});
