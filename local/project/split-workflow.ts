import type { Step, Workflow } from '../runner/load-workflow.ts';
import { UserError } from '../user-error.ts';

/** A job or a trigger as the platform's project has it. */
export type ProjectStep = Record<string, unknown> & {
  id: string;
  next?: Record<string, { condition: string; disabled?: boolean }>;
};

export type ProjectWorkflow = { id: string; name: string; start: string; steps: ProjectStep[] };

/** The halves of workflow.json by trigger: the platform allows one trigger a workflow. Ids are what it makes of names. */
const HALVES: Record<string, { id: string; name: string }> = {
  cron: { id: 'primero-ona-start', name: 'Primero → ONA: start' },
  webhook: { id: 'primero-ona-batch', name: 'Primero → ONA: batch' },
};

/** The platform's own words for the conditions of workflow.json; any other would need a label. */
const CONDITIONS: Record<string, string> = { '!state.errors': 'on_job_success' };

const conditionOf = (step: Step, edge: boolean | { condition?: string }): string => {
  if (edge === true) return 'always';
  const condition = typeof edge === 'object' ? CONDITIONS[edge.condition ?? ''] : undefined;
  if (condition) return condition;
  throw new UserError(
    'PROJECT_CONDITION',
    `the platform has no word for a condition after "${step.id}"`,
  );
};

const edgesOf = (step: Step): NonNullable<ProjectStep['next']> =>
  Object.fromEntries(
    Object.entries(step.next ?? {}).map(([id, edge]) => [
      id,
      { condition: conditionOf(step, edge) },
    ]),
  );

const withEdges = ({ next, ...step }: Step): ProjectStep => ({
  ...step,
  ...(next && { next: edgesOf({ ...step, next }) }),
});

/** A trigger's id is its type in the platform's files, whatever workflow.json calls it. */
const triggerStep = ({ type, ...step }: Step & { type: string }): ProjectStep => ({
  ...withEdges(step),
  id: type,
  type,
});

const reachable = (start: Step, byId: Map<string, Step>): Step[] => {
  const found = new Set<Step>();
  const visit = (step: Step) => {
    for (const id of Object.keys(step.next ?? {})) {
      const next = byId.get(id);
      if (!next)
        throw new UserError(
          'WORKFLOW_INVALID',
          `"${step.id}" leads to "${id}", and there is no such step`,
        );
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(start);
  return [...found];
};

/** Cuts a workflow into the platform's: one for each trigger, with the jobs after it. One that has one trigger keeps its name. */
export const splitWorkflow = ({ id = '', name = id, steps }: Workflow): ProjectWorkflow[] => {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const triggers = steps.filter((step): step is Step & { type: string } => 'type' in step);
  return triggers.map((trigger) => ({
    ...((triggers.length > 1 && HALVES[trigger.type]) || { id, name }),
    start: trigger.type,
    steps: [triggerStep(trigger), ...reachable(trigger, byId).map(withEdges)],
  }));
};
