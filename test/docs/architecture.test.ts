import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProject } from '../../local/paths.ts';
import { circlesAmong, filesIn, importsOf } from '../support/imports.ts';

const doc = readFileSync(inProject('docs', 'architecture.md'), 'utf8');
const files = ['jobs', 'local'].flatMap(filesIn);

/** The rows of the floors, from the ground up: the folders and files of each. */
const FLOORS = doc
  .split('## Floors')[1]!
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, path]) => path!));

/** The number of a file's floor: that of the longest path that it lies under. */
const floorOf = (file: string): number => {
  const under = (path: string) => file === path || (path.endsWith('/') && file.startsWith(path));
  const longest = FLOORS.flat()
    .filter(under)
    .sort((a, b) => b.length - a.length)[0];
  return FLOORS.findIndex((paths) => paths.includes(longest!));
};

describe('The floors of docs/architecture.md', () => {
  test('have each folder, and name nothing that is not there', () => {
    const folders = new Set(files.map((file) => `${file.split('/').slice(0, -1).join('/')}/`));
    const named = FLOORS.flat();
    const unnamed = [...folders].filter((folder) => !named.some((path) => folder.startsWith(path)));
    expect(unnamed).toEqual([]);
    const isThere = (path: string) =>
      path === 'config/' || files.some((file) => file === path || file.startsWith(path));
    expect(named.filter((path) => !isThere(path))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
    // A folder directly in local/ that only falls under local/ itself has no row of its own.
    const rooms = files.filter((file) => file.split('/').length > 2);
    expect(
      rooms.filter((file) => ['jobs/', 'local/'].includes(FLOORS[floorOf(file)]![0]!)),
    ).toEqual([]);
  });

  test('are kept: no file imports from a floor above its own', () => {
    const upwards = files.flatMap((file) =>
      importsOf(file)
        .filter(
          (target) => /^(jobs|local|config)\//.test(target) && floorOf(target) > floorOf(file),
        )
        .map((target) => `${file} imports ${target}`),
    );
    expect(upwards).toEqual([]);
  });

  test('are kept: nothing outside of tests imports from tests or the benchmark', () => {
    const wrong = files.filter((file) =>
      importsOf(file).some((name) => /^(test|bench)\//.test(name)),
    );
    expect(wrong).toEqual([]);
  });
});

test('No files import each other in a circle', () => {
  expect(circlesAmong([...files, ...['bench', 'test'].flatMap(filesIn)])).toEqual([]);
});

test('The picture has each arrow between the folders of jobs/, and no other', () => {
  const [, picture = ''] = /```mermaid\n([^`]+)```/.exec(doc) ?? [];
  const drawn = [...picture.matchAll(/^ +(\w+)(?:\["[^"]*"\])? --> (.+)$/gm)].flatMap(
    ([, from, to]) => to!.split(' & ').map((each) => `${from} → ${each}`),
  );
  const roomOf = (file: string) => {
    if (/^jobs\/\d/.test(file)) return 'roof';
    return /^jobs\/(errors|message|mapping|asking|writing|watching)\//.exec(file)?.[1];
  };
  const arrows = files.flatMap((file) =>
    importsOf(file).flatMap((target) => {
      const [from, to] = [roomOf(file), roomOf(target)];
      return from && to && from !== to ? `${from} → ${to}` : [];
    }),
  );
  expect([...new Set(drawn)].sort()).toEqual([...new Set(arrows)].sort());
});
