import { jsonToYaml } from '@openfn/project';
import { makeProject } from './make-project.ts';
import type { ProjectWorkflow } from './split-workflow.ts';

/** Keys as the platform writes them when it exports a project, so that a pulled state fits this file. */
const hyphenate = (name: string): string => name.replaceAll(/\s+/g, '-');

type Edge = Record<string, unknown> & { source_job?: string; target_job: string };

type SpecWorkflow = {
  name: string;
  jobs: Record<string, { name: string; credential?: string }>;
  triggers: Record<string, Record<string, unknown>>;
  edges: Record<string, Edge>;
};

type Spec = {
  name: string;
  description: string;
  credentials: Record<string, { name: string; owner: string }>;
  workflows: Record<string, SpecWorkflow>;
};

const toPlatformKeys = (workflow: SpecWorkflow, owner: string): SpecWorkflow => {
  const { name, jobs, triggers, edges } = workflow;
  const keyOf = (id: string): string => hyphenate(jobs[id]?.name ?? id);
  return {
    name,
    jobs: Object.fromEntries(
      Object.entries(jobs).map(([id, { credential, ...job }]) => [
        keyOf(id),
        { ...job, ...(credential && { credential: hyphenate(`${owner} ${credential}`) }) },
      ]),
    ),
    triggers,
    edges: Object.fromEntries(
      Object.values(edges).map(({ source_job: from, target_job: to, ...edge }) => [
        `${from ? keyOf(from) : edge.source_trigger}->${keyOf(to)}`,
        { ...edge, ...(from && { source_job: keyOf(from) }), target_job: keyOf(to) },
      ]),
    ),
  };
};

/**
 * The project as `openfn deploy` reads it: YAML, with the jobs' code in it and credentials by name.
 * The same input gives the same text.
 * @param owner e-mail address of the platform's user who owns the credentials
 */
export const toSpec = (workflows: ProjectWorkflow[], owner: string): string => {
  const project = makeProject(workflows, owner);
  const spec = project.serialize('spec', { format: 'json' }) as unknown as Spec;
  const { name, description, credentials } = spec;
  return jsonToYaml({
    name,
    description,
    credentials: Object.fromEntries(
      Object.values(credentials).map((each) => [hyphenate(`${each.owner} ${each.name}`), each]),
    ),
    workflows: Object.fromEntries(
      Object.values(spec.workflows).map((each) => [
        hyphenate(each.name),
        toPlatformKeys(each, owner),
      ]),
    ),
  });
};
