/**
 * Builds what runs: the jobs, the drop-in adaptors, and the local command.
 *
 * Jobs become one readable ES2022 file each, because people read them in the platform's editor and
 * its runtime links `@openfn/*` imports only: everything else is bundled in, nothing is minified.
 */
import { cp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const common = { absWorkingDir: root, bundle: true, format: 'esm', charset: 'utf8' };

await rm(join(root, 'dist'), { recursive: true, force: true });

await build({
  ...common,
  entryPoints: ['jobs/*.ts'],
  outdir: 'dist/jobs',
  target: 'es2022',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  external: ['@openfn/*'],
});

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

await build({
  ...common,
  entryPoints: ['local/cli.ts', 'local/primero-server.ts', 'local/ona-server.ts'],
  outdir: 'dist/local',
  target: 'node20',
  platform: 'node',
  packages: 'external',
  splitting: true,
  sourcemap: true,
});
