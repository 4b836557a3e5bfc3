import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Code } from '../errors/registry.ts';
import { UserError } from '../user-error.ts';

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

const readText = (path: string, code: Code, what: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(code, `${what} (${error.code}: ${path})`);
  });

const parse = (text: string, path: string): Workflow => {
  let workflow: Workflow | null;
  try {
    workflow = JSON.parse(text);
  } catch {
    throw new UserError('WORKFLOW_INVALID', `${path} is not JSON`);
  }
  if (!Array.isArray(workflow?.steps))
    throw new UserError('WORKFLOW_INVALID', `${path} has no "steps"`);
  return workflow;
};

/**
 * Reads a workflow in the CLI's format, with the code of its jobs; paths are relative to the file.
 * Throws `WORKFLOW_UNREADABLE`, `WORKFLOW_INVALID` or `JOB_NOT_BUILT`.
 */
export const loadWorkflow = async (path: string): Promise<Workflow> => {
  const workflow = parse(
    await readText(path, 'WORKFLOW_UNREADABLE', 'the workflow cannot be read'),
    path,
  );
  const load = async (step: Step): Promise<Step> => {
    if (step.expression === undefined) return step;
    const file = resolve(dirname(path), step.expression);
    const missing = `the code of step "${step.id}" is missing`;
    return { ...step, expression: await readText(file, 'JOB_NOT_BUILT', missing) };
  };
  return { ...workflow, steps: await Promise.all(workflow.steps.map(load)) };
};
