/** Writes dist/project.yaml; part of `npm run build`. */
import { readFile, writeFile } from 'node:fs/promises';
import { inProject } from './paths.ts';
import { addAlert } from './project/add-alert.ts';
import { splitWorkflow } from './project/split-workflow.ts';
import { toSpec } from './project/to-spec.ts';
import { loadWorkflow } from './runner/load-workflow.ts';

/** Stands where the address is not known yet; docs/deploy.md says how to give it. */
export const OWNER_PLACEHOLDER = 'owner@example.org';

/**
 * Writes the project for `openfn deploy`, from the workflows and the built jobs.
 * @param alert whether somebody is told: by a step after each that fails, and by the workflow that watches
 */
export const writeProject = async ({
  owner = process.env.OPENFN_CREDENTIAL_OWNER || OWNER_PLACEHOLDER,
  alert = false,
  file = inProject('dist', 'project.yaml'),
}: {
  owner?: string;
  alert?: boolean;
  file?: string;
} = {}): Promise<void> => {
  const workflowsOf = async (name: string) => splitWorkflow(await loadWorkflow(inProject(name)));
  const workflows = await workflowsOf('workflow.json');
  if (alert) workflows.push(...(await workflowsOf('watch.json')));
  const reporter = inProject('dist', 'jobs', '4-report-failure.js');
  const code = alert ? await readFile(reporter, 'utf8') : '';
  const all = alert ? workflows.map((each) => addAlert(each, code)) : workflows;
  await writeFile(file, toSpec(all, owner));
};
