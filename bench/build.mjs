/** Builds the benchmarks into dist/bench: the command, and the processes that it starts. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  absWorkingDir: join(dirname(fileURLToPath(import.meta.url)), '..'),
  entryPoints: {
    main: 'bench/main.ts',
    'chain-process': 'bench/chain/chain-process.ts',
    'turn-process': 'bench/chain/turn-process.ts',
    'delay-process': 'bench/servers/delay-process.ts',
  },
  outdir: 'dist/bench',
  bundle: true,
  format: 'esm',
  target: 'node20',
  platform: 'node',
  packages: 'external',
  splitting: true,
  sourcemap: true,
});
