import { makeProject } from './make-project.ts';
import type { ProjectStep, ProjectWorkflow } from './split-workflow.ts';

/** The folder's formats name a credential by its owner, too. */
const withOwner = (step: ProjectStep, owner: string): ProjectStep =>
  'configuration' in step ? { ...step, configuration: `${owner}|${step.configuration}` } : step;

/**
 * The project as `openfn project deploy` reads it: a file for the project, one for each workflow, and one for each job's
 * code. Texts by path.
 * @param owner e-mail address of the platform's user who owns the credentials
 */
export const toFolder = (workflows: ProjectWorkflow[], owner: string): Record<string, string> => {
  const owned = workflows.map(({ steps, ...workflow }) => ({
    ...workflow,
    steps: steps.map((step) => withOwner(step, owner)),
  }));
  return makeProject(owned, owner).serialize('fs') as Record<string, string>;
};
