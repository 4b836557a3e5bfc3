import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testFolder } from '../../support/test-folder.ts';

/** A program in place of openfn, for what the real one does rarely. `args` holds its arguments by name. */
export const programAs = async (body: string): Promise<string> => {
  const folder = await testFolder();
  const path = join(folder, 'openfn');
  await writeFile(
    path,
    `#!${process.execPath}
const { readFileSync, writeFileSync, statSync } = require('node:fs');
const { dirname } = require('node:path');
const argv = process.argv.slice(2);
const after = (name) => argv[argv.indexOf(name) + 1];
const read = (name) => JSON.parse(readFileSync(after(name), 'utf8'));
const end = (state) => writeFileSync(after('-o'), JSON.stringify(state));
${body}
`,
  );
  await chmod(path, 0o755);
  return path;
};
