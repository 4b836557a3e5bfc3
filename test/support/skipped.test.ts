import { expect, test } from 'vitest';
import { skippedLines } from './skipped.ts';

test('What was skipped is told by file and reason, with how many', () => {
  expect(
    skippedLines([
      { file: 'test/db/a.test.ts', name: 'views (PostgreSQL) > count' },
      { file: 'test/db/a.test.ts', name: 'views (PostgreSQL) > add up' },
      { file: 'test/local/report/browser.test.ts', name: 'prints' },
      { file: 'test/x.test.ts', name: 'y' },
    ]),
  ).toEqual([
    'Not tested here:',
    '  2 in test/db/a.test.ts: there is no PostgreSQL server on localhost:5432, nor in TEST_DATABASE_URL',
    '  1 in test/local/report/browser.test.ts: there is no Chromium in a usual place, nor in CHROMIUM_PATH',
    '  1 in test/x.test.ts: the test itself says why',
  ]);
  expect(skippedLines([])).toEqual(['Nothing was skipped.']);
});
