import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject } from '../../../local/paths.ts';
import workflow from '../../../workflow.json' with { type: 'json' };
import { testFolder } from '../../support/test-folder.ts';

type Given = {
  name?: string;
  adaptor?: string;
  configuration?: string;
  next?: unknown;
  code: string;
};

const stepOf = (id: string) => workflow.steps.find((step) => step.id === id)!;

/** The adaptor of a step with its version, as workflow.json names it. */
export const adaptorOf = (id: string): string => stepOf(id).adaptor!;

/** A step of the project's workflow as it was built, such as `get-cases`. */
export const builtStep = async (id: string): Promise<Given> => {
  const { adaptor, configuration, expression } = stepOf(id);
  const code = await readFile(inProject(expression!), 'utf8');
  return { adaptor: adaptor!, configuration: configuration!, code };
};

/**
 * Writes a workflow with these jobs to a folder of its own, and gives the workflow's path.
 * A `code` without an adaptor's imports is enough: the adaptor is only needed where it is used.
 */
export const workflowWith = async (jobs: Record<string, Given>): Promise<string> => {
  const folder = await testFolder();
  const first = Object.keys(jobs)[0]!;
  const steps: unknown[] = [
    { id: 'hook', type: 'webhook', enabled: true, next: { [first]: true } },
  ];
  for (const [id, { code, ...job }] of Object.entries(jobs)) {
    await writeFile(join(folder, `${id}.js`), code);
    steps.push({ id, adaptor: adaptorOf('initiate-sync'), expression: `${id}.js`, ...job });
  }
  const path = join(folder, 'workflow.json');
  await writeFile(path, JSON.stringify({ id: 'w', name: 'w', start: 'hook', steps }));
  return path;
};

/** A workflow of one job, `only`. */
export const jobOf = (code: string, job: Omit<Given, 'code'> = {}): Promise<string> =>
  workflowWith({ only: { code, ...job } });
