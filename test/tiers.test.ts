import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../local/paths.ts';
import { fastTests } from './tiers.ts';

test('Fast are the tests of pure functions, and none that serves, starts a process, or is for CI', () => {
  const fast = fastTests();
  expect(fast).toContain('test/jobs/mapping/values.test.ts');
  expect(fast).toContain('test/jobs/message/next.test.ts');
  // A database, a server, a process that is started, a browser, and one of those behind two imports.
  for (const slow of [
    'test/db/recount.test.ts',
    'test/local/primero/cases.test.ts',
    'test/local/cli/sandbox-sync.test.ts',
    'test/local/report/browser.test.ts',
    'test/jobs/asking/absent.test.ts',
    // It asks for more time than others have.
    'test/local/figures/protect.test.ts',
  ]) {
    expect(existsSync(inProject(slow)), slow).toBe(true);
    expect(fast).not.toContain(slow);
  }
  expect(fast.filter((file) => file.includes('.ci.'))).toEqual([]);
});
