/** Writes dist/project.yaml and dist/project; part of `npm run build`. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inProject } from './paths.ts';
import { addAlert } from './project/add-alert.ts';
import { splitWorkflow } from './project/split-workflow.ts';
import { toFolder } from './project/to-folder.ts';
import { toSpec } from './project/to-spec.ts';
import { loadWorkflow } from './runner/load-workflow.ts';

/** Stands where the address is not known yet; docs/deploy.md says how to give it. */
export const OWNER_PLACEHOLDER = 'owner@example.org';

/** Writes the folder anew, but for what `openfn project pull` put there: which project it is. */
const writeFolder = async (folder: string, files: Record<string, string>): Promise<void> => {
  await rm(join(folder, 'workflows'), { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    const flag = name === 'openfn.yaml' ? 'wx' : 'w';
    await writeFile(path, text, { flag }).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
};

/**
 * Writes the project for the platform, in both of its formats, from the workflows and the built jobs.
 * @param alert whether somebody is told: by a step after each that fails, and by the workflow that watches
 * @param folder gets `project.yaml`, for `openfn deploy`, and `project/`, for `openfn project deploy`
 */
export const writeProject = async ({
  owner = process.env.OPENFN_CREDENTIAL_OWNER || OWNER_PLACEHOLDER,
  alert = false,
  folder = inProject('dist'),
}: {
  owner?: string;
  alert?: boolean;
  folder?: string;
} = {}): Promise<void> => {
  const workflowsOf = async (name: string) => splitWorkflow(await loadWorkflow(inProject(name)));
  const workflows = await workflowsOf('workflow.json');
  if (alert) workflows.push(...(await workflowsOf('watch.json')));
  const reporter = inProject('dist', 'jobs', '4-report-failure.js');
  const code = alert ? await readFile(reporter, 'utf8') : '';
  const all = alert ? workflows.map((each) => addAlert(each, code)) : workflows;
  await writeFile(join(folder, 'project.yaml'), toSpec(all, owner));
  await writeFolder(join(folder, 'project'), toFolder(all, owner));
};
