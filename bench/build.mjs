/** Builds the benchmark into dist/bench: the command, and the processes that it starts. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  absWorkingDir: join(dirname(fileURLToPath(import.meta.url)), '..'),
  entryPoints: {
    main: 'bench/main.ts',
    'primero-process': 'bench/servers/primero-process.ts',
    'ona-process': 'bench/servers/ona-process.ts',
    'runner-process': 'bench/runs/runner-process.ts',
  },
  outdir: 'dist/bench',
  bundle: true,
  format: 'esm',
  target: 'node20',
  platform: 'node',
  packages: 'external',
  loader: { '.sql': 'text', '.csv': 'text' },
  splitting: true,
  sourcemap: true,
});
