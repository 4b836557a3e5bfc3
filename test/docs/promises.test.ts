import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../../local/paths.ts';

const doc = readFileSync(inProject('docs', 'promises.md'), 'utf8');
const named = [...doc.matchAll(/^- `(test\/[^`]+)`: (.+)$/gm)].map(([, file, title]) => ({
  file: file!,
  title: title!,
}));
const sections = doc.split(/^## /m).slice(1);

const read = (file: string): string =>
  existsSync(inProject(file)) ? readFileSync(inProject(file), 'utf8') : '';

/** Titles of a file: the text in front of a test's function. That of a `describe` is none. */
const titlesOf = (source: string): string[] =>
  [...source.matchAll(/(describe\w*)?\(\s*'([^'\n]+)',\s*(?:async )?\(/g)].flatMap(
    ([, isGroup, title]) => (isGroup ? [] : title!),
  );

test('each of the eleven promises is there, and names what keeps it and what proves it', () => {
  const promises = sections.filter((section) => /^\d/.test(section));
  expect(promises.map((section) => Number.parseInt(section, 10))).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
  ]);
  for (const section of promises) {
    expect(section).toMatch(/`jobs\/[^`]+`/);
    expect(section).toMatch(/^- `test\//m);
  }
});

test('each test that is named exists, under its title', () => {
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter(({ file, title }) => !read(file).includes(`'${title}'`));
  expect(missing).toEqual([]);
});

test('each test of a promise is named', () => {
  const files = readdirSync(inProject('test', 'promises')).filter((name) =>
    name.endsWith('.test.ts'),
  );
  const tests = files.flatMap((name) => {
    const file = `test/promises/${name}`;
    return titlesOf(read(file)).map((title) => ({ file, title }));
  });
  expect(tests.length).toBeGreaterThan(20);
  const unnamed = tests.filter(
    (each) => !named.some(({ file, title }) => file === each.file && title === each.title),
  );
  expect(unnamed).toEqual([]);
});

test('each module that is named exists', () => {
  const modules = [...doc.matchAll(/`((?:jobs|local|docs)\/[^`]*)`/g)].map(([, path]) => path!);
  expect(modules.length).toBeGreaterThan(15);
  expect(modules.filter((path) => !existsSync(inProject(path)))).toEqual([]);
});
