import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { inProject } from '../../local/paths.ts';

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g;

/** TypeScript files below a folder of the project, as paths from its root. */
export const filesIn = (folder: string): string[] =>
  readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.ts'));

/** An import of types alone, which loads nothing. */
const TYPES = /^(?:import|export) type [^;]*;/gm;

/**
 * What a file imports: other files of the project as paths from its root, packages as they are named.
 * @param types whether imports of types alone count, too; they do
 */
export const importsOf = (file: string, { types = true } = {}): string[] => {
  const source = readFileSync(inProject(file), 'utf8');
  return [...(types ? source : source.replaceAll(TYPES, '')).matchAll(IMPORT)].map(([, name]) => {
    if (name!.startsWith('.')) return normalize(join(dirname(file), name!));
    return name!.replace(/^#config\//, 'config/');
  });
};

/** Groups of files that import each other in a circle. */
export const circlesAmong = (files: readonly string[]): string[][] => {
  const reach = new Map<string, Set<string>>();
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  const reachedFrom = (start: string): Set<string> => {
    const seen = new Set<string>();
    const open = [...(imports.get(start) ?? [])];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      open.push(...(imports.get(file) ?? []));
    }
    return seen;
  };
  for (const file of files) reach.set(file, reachedFrom(file));
  const circles = files
    .filter((file) => reach.get(file)!.has(file))
    .map((file) =>
      files.filter((other) => reach.get(file)!.has(other) && reach.get(other)!.has(file)),
    );
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()];
};
