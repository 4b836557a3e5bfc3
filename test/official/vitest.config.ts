import { defineConfig } from 'vitest/config';
import configure from '../../vitest.config.ts';
import { officialAdaptors } from './installed.ts';

const folder = await officialAdaptors();
const base = configure({ mode: 'official', command: 'serve' });

/** What needs the official CLI and adaptors: `npm run test:official`. Runs take seconds each there. */
export default defineConfig({
  root: '.',
  test: {
    ...base.test,
    include: ['test/official/**/*.official.ts', 'test/local/adaptors/*.test.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    env: folder ? { OFFICIAL_ADAPTORS: folder } : {},
  },
});
