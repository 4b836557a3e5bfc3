import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunner } from '../../../local/runner/index.ts';
import { loadWorkflow } from '../../../local/runner/load-workflow.ts';
import { jobOf } from './workflow-folder.ts';

test('Jobs come with their code, from paths relative to the workflow', async () => {
  const path = await jobOf('export default [];');
  expect((await loadWorkflow(path)).steps).toMatchObject([
    { id: 'hook', type: 'webhook' },
    { id: 'only', expression: 'export default [];' },
  ]);
});

test('A workflow that is missing, malformed or without steps is named', async () => {
  const path = await jobOf('');
  await writeFile(path, '{"steps": ');
  await expect(loadWorkflow(path)).rejects.toThrow(`WORKFLOW_INVALID: ${path} is not JSON`);
  await writeFile(path, 'null');
  await expect(loadWorkflow(path)).rejects.toThrow(`WORKFLOW_INVALID: ${path} has no "steps"`);
  await rm(path);
  await expect(loadWorkflow(path)).rejects.toThrow(
    `WORKFLOW_UNREADABLE: the workflow cannot be read (ENOENT: ${path})`,
  );
});

test('A job that was not built fails the run, with what to do', async () => {
  const workflowPath = await jobOf('');
  const file = join(dirname(workflowPath), 'only.js');
  await rm(file);
  const { failed } = await createRunner({ credentials: {}, workflowPath }).run('hook', {});
  expect(failed).toEqual({
    step: null,
    code: 'JOB_NOT_BUILT',
    message: `JOB_NOT_BUILT: the code of step "only" is missing (ENOENT: ${file}): run \`npm run build\``,
  });
});
