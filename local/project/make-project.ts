import Project from '@openfn/project';
import type { ProjectWorkflow } from './split-workflow.ts';

/** Name of the project on the platform: lower case, digits and dashes only. */
const NAME = 'primero-ona-sync';

const DESCRIPTION =
  "Children's cases from Primero to ONA, every quarter. Made by npm run build: change the jobs there, not here.";

/** The project as OpenFn's own package has it, which writes it in each of its formats. */
export const makeProject = (workflows: ProjectWorkflow[], owner: string): Project => {
  const names = workflows.flatMap(({ steps }) => steps.flatMap((step) => step.configuration ?? []));
  return new Project({
    id: NAME,
    name: NAME,
    description: DESCRIPTION,
    credentials: [...new Set(names)].map((name) => ({ name: String(name), owner, uuid: '' })),
    workflows: workflows as never,
  });
};
