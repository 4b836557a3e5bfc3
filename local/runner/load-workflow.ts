import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A step as workflow.json has it, with the job's code in place of its path. */
export type Step = {
  id: string;
  name?: string;
  adaptor?: string;
  expression?: string;
  configuration?: string;
  next?: Record<string, boolean | { condition?: string }>;
};

export type Workflow = { id?: string; name?: string; steps: Step[] };

const readText = (path: string, onError: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${onError} (${error.code}: ${path})`);
  });

const parse = (text: string, path: string): Workflow => {
  let workflow: Workflow | null;
  try {
    workflow = JSON.parse(text);
  } catch {
    throw new Error(`WORKFLOW_INVALID: ${path} is not JSON; mend it or check it out again`);
  }
  if (!Array.isArray(workflow?.steps))
    throw new Error(`WORKFLOW_INVALID: ${path} has no "steps"; mend it or check it out again`);
  return workflow;
};

/**
 * Reads a workflow in the CLI's format, with the code of its jobs; paths are relative to the file.
 * Throws `WORKFLOW_UNREADABLE`, `WORKFLOW_INVALID` or `JOB_NOT_BUILT`.
 */
export const loadWorkflow = async (path: string): Promise<Workflow> => {
  const workflow = parse(await readText(path, 'WORKFLOW_UNREADABLE: no workflow file'), path);
  const load = async (step: Step): Promise<Step> => {
    if (step.expression === undefined) return step;
    const file = resolve(dirname(path), step.expression);
    const missing = `JOB_NOT_BUILT: the code of step "${step.id}" is missing; run: npm run build`;
    return { ...step, expression: await readText(file, missing) };
  };
  return { ...workflow, steps: await Promise.all(workflow.steps.map(load)) };
};
