import { readFile, writeFile } from 'node:fs/promises';
import { errorsPage } from './errors/page.ts';
import { inProject } from './paths.ts';

/** Writes the tables of docs/errors.md anew: `npm run -s docs`. */
const file = inProject('docs', 'errors.md');
await writeFile(file, errorsPage(await readFile(file, 'utf8')));
