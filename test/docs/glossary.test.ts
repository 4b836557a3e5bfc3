import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../local/paths.ts';

const doc = readFileSync(inProject('docs', 'architecture.md'), 'utf8');

/** The rows of the glossary. */
const TERMS = doc
  .split('## Glossary')[1]!
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (term|---)/.test(line))
  .map((line) => {
    const [, term = '', means = '', not = ''] = line.split('|').map((cell) => cell.trim());
    return { term, means, not: not.split(', ') };
  });

const TEXT = /\.(ts|mjs|sql|md|json|yml|html)$/;

/** All that people read of the project, tests aside: code, SQL, messages and pages; the glossary itself left out. */
const SOURCES = ['jobs', 'local', 'db', 'config', 'docs', 'state', '.github']
  .flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  .concat(
    readdirSync(inProject()).filter((name) => name.endsWith('.md') || name === 'workflow.json'),
  )
  .filter((path) => TEXT.test(path) && !path.startsWith(join('state', 'local')))
  .map((path) => {
    const text = readFileSync(inProject(path), 'utf8');
    return { path, text: path.endsWith('architecture.md') ? text.split('## Glossary')[0]! : text };
  });

test('There are at most 15 terms, each with a meaning and with words that are not used for it', () => {
  expect(TERMS.length).toBeGreaterThan(10);
  expect(TERMS.length).toBeLessThanOrEqual(15);
  for (const { term, means, not } of TERMS) {
    expect(means, term).not.toBe('');
    expect(not[0], term).not.toBe('');
  }
});

test('Each term is in use', () => {
  const unused = TERMS.filter(
    ({ term }) => !SOURCES.some(({ text }) => new RegExp(`\\b${term}`, 'i').test(text)),
  );
  expect(unused).toEqual([]);
});

test.each(TERMS)('Nobody says $not for $term', ({ not }) => {
  const said = not.flatMap((word) => {
    const pattern = new RegExp(`\\b${word.replaceAll(' ', '[\\s_-]')}s?\\b`, 'i');
    return SOURCES.filter(({ text }) => pattern.test(text)).map(({ path }) => `${path}: ${word}`);
  });
  expect(said).toEqual([]);
});
