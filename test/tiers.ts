import { existsSync, readFileSync } from 'node:fs';
import { inProject } from '../local/paths.ts';
import { filesIn, importsOf } from './support/imports.ts';

/** What serves, starts a process, builds, or runs jobs: a test that loads one of these is not fast. */
const SLOW = [
  ...['node:http', 'node:https', 'node:net', 'node:tls', 'node:child_process', 'esbuild'],
  ...['pg', 'fastify', 'playwright-core', '@electric-sql/pglite', '@electric-sql/pglite-socket'],
  '@openfn/runtime',
];

/** How a test says itself that it takes long: it asks for more time than others have. */
const MORE_TIME = /\btimeout: [\d_]+|\}, [\d_]{6,}\);/;

/** Whether nothing that a test loads does any of that. */
const isFast = (test: string): boolean => {
  const open = [test];
  const seen = new Set<string>();
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const name of importsOf(file, { types: false })) {
      if (SLOW.includes(name)) return false;
      if (name.endsWith('.ts') && existsSync(inProject(name))) open.push(name);
    }
  }
  return true;
};

/** Tests that `npm run test:fast` runs: pure functions. No list is kept, so a new test belongs where its imports put it. */
export const fastTests = (): string[] =>
  filesIn('test').filter(
    (file) =>
      /(?<!\.ci)\.test\.ts$/.test(file) &&
      !MORE_TIME.test(readFileSync(inProject(file), 'utf8')) &&
      isFast(file),
  );
