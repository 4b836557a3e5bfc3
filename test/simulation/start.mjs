/** Bundles the simulation, which is TypeScript, and starts it. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const outfile = join(folder, '..', '..', 'dist', 'simulation', 'simulate.mjs');
await build({
  entryPoints: [join(folder, 'simulate.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  loader: { '.sql': 'text', '.csv': 'text' },
  logLevel: 'error',
});
await import(pathToFileURL(outfile).href);
