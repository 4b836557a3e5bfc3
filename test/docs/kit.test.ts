import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inProject } from '../../local/paths.ts';

const read = (path: string): string => readFileSync(inProject(path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** Pages of the repository, as paths from its root. */
const PAGES = ['.', '.github', 'config', 'docs', 'docs/decisions', 'state'].flatMap((folder) =>
  readdirSync(inProject(folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** The anchors of a page's headings, as hosts make them. */
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('Pages', () => {
  test('lead nowhere that is not there', () => {
    const links = PAGES.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => ({ page, link: link! })),
    ).filter(({ link }) => !/^[a-z]+:/.test(link));
    expect(links.length).toBeGreaterThan(30);
    const dead = links.filter(({ page, link }) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(inProject(target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(dead).toEqual([]);
  });

  test('name scripts that package.json has', () => {
    const named = PAGES.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, name]) => name!),
    );
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(named)].filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  test('name files that are there, where they say what is where', () => {
    const named = ['CONTRIBUTING.md', 'CHANGELOG.md'].flatMap((page) =>
      [...read(page).matchAll(/`((?:config|jobs|local|db|test|docs)\/[\w./-]*)`/g)].map(
        ([, path]) => path!,
      ),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((path) => !existsSync(inProject(path)))).toEqual([]);
  });
});

test('Code, SQL and tests name no page that the repository does not have', () => {
  const names = new Set(PAGES.map((page) => basename(page)));
  const sources = ['jobs', 'local', 'db', 'bench', 'test'].flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs|sql)$/.test(name))
      .map((name) => join(folder, name)),
  );
  const unknown = sources.flatMap((path) =>
    [...read(path).matchAll(/\b([A-Za-z-]+\.md)\b/g)]
      .filter(([, name]) => !names.has(name!))
      .map(([, name]) => `${path}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

test('The licence is the one that package.json names', () => {
  expect(manifest.license).toBe('Apache-2.0');
  expect(read('LICENSE')).toMatch(/^\s+Apache License\n\s+Version 2\.0, January 2004\n/);
  expect(read('CONTRIBUTING.md')).toContain('Apache-2.0');
});

test('The version of Node.js in .nvmrc is one of those that package.json allows', () => {
  const major = read('.nvmrc').trim();
  expect(manifest.engines.node).toContain(`^${major}.`);
});
