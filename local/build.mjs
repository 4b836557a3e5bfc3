/**
 * Builds what runs: the jobs, the drop-in adaptors, and the local command.
 *
 * Jobs become one readable ES2022 file each, because people read them in the platform's editor and
 * its runtime links `@openfn/*` imports only: everything else is bundled in, nothing is minified.
 */
import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const common = { absWorkingDir: root, bundle: true, format: 'esm', charset: 'utf8' };

/**
 * JavaScript's own names, looked up once. In OpenFn's sandbox each look-up of a global costs some 300 ns, 30 times as much as one of a local name: a
 * third of what a record costs.
 */
const GLOBALS = `
const { Array, Date, JSON, Map, Math, Number, Object, Set, String } = globalThis;
`.trim();

/** The configuration that is built in: config/, or the folder that `--config` or the environment variable names. */
const { values: options } = parseArgs({
  options: { config: { type: 'string' }, alert: { type: 'boolean' } },
});
const configFolder = resolve(
  options.config || process.env.PRIMERO_ONA_CONFIG || join(root, 'config'),
);

await build({
  ...common,
  entryPoints: ['local/config/check-config.ts'],
  outdir: 'dist/config',
  target: 'node20',
  platform: 'node',
  packages: 'external',
});
const { checkConfig, toLines } = await import('../dist/config/check-config.js');
const problems = await checkConfig(configFolder);
if (problems.length > 0) {
  console.error(toLines(problems, configFolder).join('\n'));
  process.exit(2);
}

const config = {
  name: 'config',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^#config\// }, ({ path }) => ({
      path: join(configFolder, path.slice('#config/'.length)),
    })),
};

/** What a job needs of an indicator. Titles, and whatever only ONA's views use, are left out. */
const forJobs = (content) =>
  Array.isArray(content) ? content.map(({ name, rules }) => ({ name, rules })) : content;

/** The longest line that people read in an editor. */
const LONGEST_TEXT = 2500;

/** A value as text that is parsed: it is read faster than code, and each run reads its bundles first. */
const asText = (value) => {
  const text = JSON.stringify(value);
  if (text.length <= LONGEST_TEXT) return `JSON.parse(${JSON.stringify(text)})`;
  const parts = Object.entries(value).map(
    ([key, part]) => `${JSON.stringify(key)}: ${asText(part)}`,
  );
  return Array.isArray(value) ? `[${value.map(asText).join(', ')}]` : `{ ${parts.join(', ')} }`;
};

const configAsText = {
  name: 'config-as-text',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.json$/ }, async ({ path }) => {
      const content = forJobs(JSON.parse(await readFile(path, 'utf8')));
      return { contents: `export default ${asText(content)};`, loader: 'js' };
    }),
};

/** SQL files as text that keeps its lines: people read it in the bundles, too. */
const sqlAsText = {
  name: 'sql-as-text',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.sql$/ }, async ({ path }) => {
      const text = (await readFile(path, 'utf8')).replaceAll(/^ *--.*\n/gm, '').trim();
      const escaped = text.replaceAll(/[\\`]|\$\{/g, '\\$&');
      return { contents: `export default \`\n${escaped}\`;`, loader: 'js' };
    }),
};

const jobs = (await readdir(join(root, 'jobs'))).filter((name) => /^\d-.*\.ts$/.test(name));

await build({
  ...common,
  entryPoints: jobs.map((name) => `jobs/${name}`),
  plugins: [config, configAsText, sqlAsText],
  banner: { js: GLOBALS },
  outdir: 'dist/jobs',
  target: 'es2022',
  // OpenFn's compiler can parse them, but then fails on them.
  supported: { 'class-field': false },
  platform: 'neutral',
  mainFields: ['module', 'main'],
  external: ['@openfn/*'],
});

// esbuild writes `var x = […]; export { x as default }`. OpenFn's compiler looks for `export default`, and adds an
// empty one if it finds none. It also takes a call that is a statement by itself for an operation.
for (const name of await readdir(join(root, 'dist/jobs'))) {
  const path = join(root, 'dist/jobs', name);
  const bundle = await readFile(path, 'utf8');
  const [tail, variable] = bundle.match(/export \{\s*(\w+) as default\s*\};\s*$/) ?? [];
  const start = `var ${variable} = [`;
  if (!tail || bundle.split(start).length !== 2)
    throw new Error(`${name}: no list of operations is exported`);
  await writeFile(
    path,
    `// Made from jobs/${name.replace('.js', '.ts')} and what it imports: change it there.\n${bundle
      .slice(0, -tail.length)
      .replace(start, 'export default [')
      .replaceAll(/^__export\(/gm, 'void __export(')
      .replaceAll(/^(\/\/ \S+\.(ts|json|sql))?\n/gm, '')
      .trimEnd()}\n`,
  );
}

// One statement on each line if it fits: there are fewer lines to compile, and they can still be read in the platform's editor.
execFileSync(join(root, 'node_modules/.bin/biome'), [
  ...['format', '--write', '--config-path', join(root, 'local/bundle-format.json')],
  join(root, 'dist/jobs'),
]);

for (const adaptor of ['primero', 'postgresql']) {
  await build({
    ...common,
    entryPoints: [`local/adaptors/${adaptor}/index.ts`],
    outdir: `dist/adaptors/${adaptor}`,
    target: 'node20',
    platform: 'node',
    packages: 'external',
  });
  await cp(
    join(root, `local/adaptors/${adaptor}/package.json`),
    join(root, `dist/adaptors/${adaptor}/package.json`),
  );
}

// The names of its shared parts depend on their content, so those of an older build are useless.
await rm(join(root, 'dist/local'), { recursive: true, force: true });
await build({
  ...common,
  entryPoints: ['cli', 'primero-server', 'ona-server', 'project', 'errors-page'].map(
    (name) => `local/${name}.ts`,
  ),
  plugins: [config],
  // Statements of upsert-cases that `check` tries, and the places.
  loader: { '.csv': 'text', '.sql': 'text' },
  outdir: 'dist/local',
  target: 'node20',
  platform: 'node',
  packages: 'external',
  splitting: true,
  sourcemap: true,
});

// The project for the platform, from the jobs that were just built.
const { writeProject } = await import('../dist/local/project.js');
await writeProject({ alert: options.alert });
