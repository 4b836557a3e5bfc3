import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { inProject } from '../local/paths.ts';
import { createRunner } from '../local/runner/index.ts';
import { jobOf } from './local/runner/workflow-folder.ts';
import { refusedSyntax } from './refused-syntax.ts';

const folder = inProject('dist', 'jobs');
const jobs = readdirSync(folder).filter((name) => name.endsWith('.js'));

/** Larger than this and the platform's editor, in which people read a job, gets slow. */
const LARGEST_JOB = 100_000;

/** Names that Node has and the sandbox of OpenFn's runtime lacks, as a job in it finds them. */
const absentNames = async (): Promise<string[]> => {
  const workflowPath = await jobOf(
    'export default [(s) => ({ ...s, names: Object.getOwnPropertyNames(globalThis) })];',
  );
  const { state } = await createRunner({ credentials: {}, workflowPath }).run('hook', {});
  const { names: own } = state as { names: string[] };
  const given = new Set([...own, 'globalThis']);
  const all = [...Object.getOwnPropertyNames(globalThis), 'require', 'module', 'exports'];
  return all.filter((name) => /^[A-Za-z]+$/.test(name) && !given.has(name));
};

test('there is a built job for each job of the workflows', () => {
  const named = ['workflow.json', 'watch.json'].flatMap((name) => {
    const { steps } = JSON.parse(readFileSync(inProject(name), 'utf8')) as {
      steps: { expression?: string }[];
    };
    return steps.flatMap(({ expression }) => expression ?? []);
  });
  // The step that reports failures is added to each.
  expect([...named, 'dist/jobs/4-report-failure.js'].sort()).toEqual(
    jobs.map((name) => `dist/jobs/${name}`).sort(),
  );
});

describe.each(jobs)('%s', (name) => {
  const path = join(folder, name);
  const code = readFileSync(path, 'utf8');

  test('imports from OpenFn packages alone, and hands on what its adaptor exports', async () => {
    const { metafile } = await build({
      entryPoints: [path],
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'neutral',
      external: ['*'],
    });
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    const from = [...new Set(imports.map((each) => each.path))];
    expect(from).toHaveLength(1);
    expect(from[0]).toMatch(/^@openfn\/language-(http|primero|postgresql)$/);
    expect(imports.every(({ kind }) => kind === 'import-statement')).toBe(true);
    expect(code).toContain(`export * from '${from[0]}';`);
  });

  test('exports its operations as a list that the compiler finds', () => {
    expect(code.match(/^export default \[$/gm)).toHaveLength(1);
    expect(code).not.toMatch(/export \{[^}]*default/);
  });

  test('is ES2022 without class fields, and readable: not minified, in lines', async () => {
    const options = { loader: 'js', format: 'esm', charset: 'utf8' } as const;
    const { code: lowered } = await transform(code, { ...options, target: 'es2022' });
    const { code: newest } = await transform(code, { ...options, target: 'esnext' });
    expect(lowered).toBe(newest);
    const { code: withoutFields } = await transform(code, {
      ...options,
      target: 'es2022',
      supported: {
        'class-field': false,
        'class-static-field': false,
        'class-private-field': false,
      },
    });
    expect(withoutFields).toBe(newest);
    expect(statSync(path).size).toBeLessThan(LARGEST_JOB);
    expect(Math.max(...code.split('\n').map((line) => line.length))).toBeLessThan(3000);
  });

  test('has no syntax that OpenFn’s compiler fails on, or makes something else of', () => {
    expect(refusedSyntax(code)).toEqual([]);
  });

  test('names no global that the sandbox lacks, and makes no code from text', async () => {
    const absent = await absentNames();
    for (const name of ['process', 'fetch', 'URL', 'crypto', 'TextEncoder', 'structuredClone'])
      expect(absent).toContain(name);
    // Replaces a name where it is the global one, not where it is a property or a variable of the job.
    const define = Object.fromEntries(absent.map((name) => [name, `lacking_${name}`]));
    const replaced = await transform(`${code}\nconsole.log(process);`, { loader: 'js', define });
    expect(replaced.code.match(/\blacking_\w+/g)).toEqual(['lacking_process']);
    expect(code).not.toMatch(/\beval\(|\bFunction\(|\bimport\(/);
  });
});

test.each([
  ['catch without a binding', 'function f() { try { g(); } catch { h(); } }'],
  ['a class field', 'class A { x = 1; }'],
  ['a private name', 'class A { #m() { return 1; } }'],
  ['a BigInt', 'const n = 10n;'],
  ['a number with underscores', 'const n = 1_000;'],
  ['a property of $', 'function f() { return $.a.b; }'],
  ['a call at the top, which becomes an operation', 'f();'],
  ['then or catch at the top, which is deferred', 'const p = f().then(g);'],
])('The check of syntax does find %s', (called, piece) => {
  const code = `import { fn } from '@openfn/language-http';\n${piece}\nexport default [\n  fn((s) => s)\n];\n`;
  expect(refusedSyntax(code)).toEqual([called]);
  const harmless = 'function f() { try { g().then(h); } catch (_e) { h(); } }';
  expect(refusedSyntax(code.replace(piece, harmless))).toEqual([]);
});
