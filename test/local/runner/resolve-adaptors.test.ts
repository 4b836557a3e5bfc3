import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../../local/paths.ts';
import { createRunner } from '../../../local/runner/index.ts';
import { jobOf } from './workflow-folder.ts';

const PRIMERO = '@openfn/language-primero';

const usesPrimero = () =>
  jobOf(`import { name } from '${PRIMERO}'; export default [(s) => ({ ...s, name })];`, {
    adaptor: `${PRIMERO}@4.1.2`,
  });

const install = async (folder: string, name: string) => {
  await mkdir(folder, { recursive: true });
  const about = { name: PRIMERO, version: '4.1.2', type: 'module', main: 'index.js' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(about));
  await writeFile(join(folder, 'index.js'), `export const name = '${name}'; export const b = 1;`);
};

test('An official adaptor that is installed is used, and the result says so', async () => {
  const workflowPath = await usesPrimero();
  await install(join(dirname(workflowPath), 'node_modules', PRIMERO), 'installed');
  const result = await createRunner({ credentials: {}, workflowPath }).run('hook', {});
  expect(result.state).toMatchObject({ name: 'installed' });
  expect(result.adaptors).toEqual({ [PRIMERO]: { from: 'official', version: '4.1.2' } });
});

test('A folder that is given goes before all others', async () => {
  const workflowPath = await usesPrimero();
  await install(join(dirname(workflowPath), 'node_modules', PRIMERO), 'installed');
  const given = join(dirname(workflowPath), 'given');
  await install(given, 'given');
  const modules = { [PRIMERO]: given };
  const result = await createRunner({ credentials: {}, workflowPath, modules }).run('hook', {});
  expect(result.state).toMatchObject({ name: 'given' });
  expect(result.adaptors).toEqual({ [PRIMERO]: { from: 'given', version: '4.1.2' } });
});

test('language-http is always the official one', async () => {
  const workflowPath = await jobOf(
    `import { fn } from '@openfn/language-http'; export * from '@openfn/language-http'; export default [fn((s) => s)];`,
  );
  const manifest = inProject('node_modules', '@openfn', 'language-http', 'package.json');
  const { version: installed } = JSON.parse(await readFile(manifest, 'utf8'));
  const result = await createRunner({ credentials: {}, workflowPath }).run('hook', {});
  expect(result).toMatchObject({
    ok: true,
    adaptors: { '@openfn/language-http': { from: 'official', version: installed } },
  });
});

test.skipIf(!existsSync(inProject('dist', 'adaptors', 'primero', 'index.js')))(
  'Where the official one is not installed, the drop-in is used (needs npm run build)',
  async () => {
    const workflowPath = await jobOf('export default [(s) => s];', { adaptor: `${PRIMERO}@4.1.2` });
    const result = await createRunner({ credentials: {}, workflowPath }).run('hook', {});
    expect(result.adaptors).toEqual({ [PRIMERO]: { from: 'drop-in', version: '4.1.2-drop-in' } });
  },
);

test('An adaptor that is nowhere is named, with what to do', async () => {
  const workflowPath = await jobOf('export default [(s) => s];', {
    adaptor: '@openfn/language-nowhere@1.0.0',
  });
  const { failed } = await createRunner({ credentials: {}, workflowPath }).run('hook', {});
  expect(failed).toEqual({
    step: null,
    code: 'ADAPTOR_MISSING',
    message:
      'ADAPTOR_MISSING: @openfn/language-nowhere is neither installed nor built: run `npm run build`, or install the named package',
  });
});
