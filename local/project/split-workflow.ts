import type { Step, Workflow } from '../runner/load-workflow.ts';

/** A job or a trigger as the platform's project has it. */
export type ProjectStep = Record<string, unknown> & {
  id: string;
  next?: Record<string, { condition: string; disabled?: boolean }>;
};

export type ProjectWorkflow = { id: string; name: string; start: string; steps: ProjectStep[] };

/** What the platform calls each half of workflow.json: it allows one trigger a workflow. */
const NAMES: Record<string, string> = {
  cron: 'Primero → ONA: start',
  webhook: 'Primero → ONA: batch',
};

/** The platform's own words for the conditions of workflow.json; any other would need a label. */
const CONDITIONS: Record<string, string> = { '!state.errors': 'on_job_success' };

const conditionOf = (step: Step, edge: boolean | { condition?: string }): string => {
  if (edge === true) return 'always';
  const condition = typeof edge === 'object' ? CONDITIONS[edge.condition ?? ''] : undefined;
  if (condition) return condition;
  throw new Error(
    `PROJECT_CONDITION: the platform has no word for a condition after "${step.id}": add it to split-workflow.ts`,
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

/** A cron trigger hands the last final state of its first job to the next run of it. */
const triggerStep = ({ type, ...step }: Step & { type: string }): ProjectStep => {
  const [first] = Object.keys(step.next ?? {});
  const cursor = type === 'cron' ? { cron_cursor_job: first } : {};
  // A trigger's id is its type in the platform's files, whatever workflow.json calls it.
  return { ...withEdges(step), ...cursor, id: type, type };
};

const reachable = (start: Step, byId: Map<string, Step>): Step[] => {
  const found = new Set<Step>();
  const visit = (step: Step) => {
    for (const id of Object.keys(step.next ?? {})) {
      const next = byId.get(id);
      if (!next) throw new Error(`WORKFLOW_INVALID: "${step.id}" leads to "${id}": no such step`);
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(start);
  return [...found];
};

/** Cuts a workflow into the platform's: one for each trigger, with the jobs after it. One that has one trigger keeps its name. */
export const splitWorkflow = ({ id, name, steps }: Workflow): ProjectWorkflow[] => {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const triggers = steps.filter((step): step is Step & { type: string } => 'type' in step);
  const own = triggers.length === 1 ? { id, name } : {};
  return triggers.map((trigger) => ({
    id: own.id ?? trigger.type,
    name: own.name ?? NAMES[trigger.type] ?? trigger.type,
    start: trigger.type,
    steps: [triggerStep(trigger), ...reachable(trigger, byId).map(withEdges)],
  }));
};
