import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { requireCli } from '../../local/engine/find-cli.ts';
import { inProject } from '../../local/paths.ts';
import { testFolder } from '../support/test-folder.ts';

const cli = await requireCli();
const jobs = await readdir(inProject('dist', 'jobs'));

/** Code without its comments and blanks: the compiler may set these otherwise. */
const bare = async (code: string): Promise<string> =>
  (await transform(code, { minifyWhitespace: true, legalComments: 'none' })).code;

test.each(jobs)('%s is compiled, and comes out as it went in', async (name) => {
  const folder = await testFolder();
  const path = inProject('dist', 'jobs', name);
  const code = await readFile(path, 'utf8');
  const [adaptor] = /@openfn\/language-\w+/.exec(code)!;
  const output = join(folder, name);
  await promisify(execFile)(cli, ['compile', path, '--adaptors', adaptor, '-o', output]);
  expect(await bare(await readFile(output, 'utf8'))).toBe(await bare(code));
});
