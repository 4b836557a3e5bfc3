import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Why a test was skipped, by what its full name or file says that it needs. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/\(PostgreSQL\)/, 'there is no PostgreSQL server on localhost:5432, nor in TEST_DATABASE_URL'],
  [/browser/, 'there is no Chromium in a usual place, nor in CHROMIUM_PATH'],
  [/Docker/, 'no Docker daemon answers'],
];

const reasonFor = (test: string): string =>
  REASONS.find(([pattern]) => pattern.test(test))?.[1] ?? 'the test itself says why';

/**
 * What was not tested, for the end of a run: a line for each reason and file.
 * @param tests skipped ones: their files and full names
 */
export const skippedLines = (tests: readonly { file: string; name: string }[]): string[] => {
  const counts = new Map<string, number>();
  for (const { file, name } of tests) {
    const line = `${file}: ${reasonFor(`${file} ${name}`)}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const lines = [...counts].map(([line, count]) => `  ${count} in ${line}`);
  return lines.length === 0 ? ['Nothing was skipped.'] : ['Not tested here:', ...lines];
};

const toSkipped = ({ module, fullName }: TestCase) => ({
  file: module.relativeModuleId,
  name: fullName,
});

/** Says at the end of a run which tests were skipped, and why. */
export default class Skipped implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    console.log(`\n${skippedLines(tests.map(toSkipped)).join('\n')}`);
  }
}
