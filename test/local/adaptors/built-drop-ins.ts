import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { inProject } from '../../../local/paths.ts';

/**
 * Builds the drop-in adaptors from their source, as `npm run build` does, to a folder of this test
 * file's own. Gives the runner's `modules` option for them.
 */
export const builtDropIns = async (): Promise<Record<string, string>> => {
  const cache = inProject('node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'drop-ins-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const modules: Record<string, string> = {};
  for (const name of ['primero', 'postgresql']) {
    const source = inProject('local', 'adaptors', name);
    const outdir = join(folder, name);
    await build({
      entryPoints: [join(source, 'index.ts')],
      outdir,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'error',
    });
    await cp(join(source, 'package.json'), join(outdir, 'package.json'));
    modules[`@openfn/language-${name}`] = outdir;
  }
  return modules;
};
