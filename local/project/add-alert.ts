import type { ProjectStep, ProjectWorkflow } from './split-workflow.ts';

/** The step that tells somebody of a failure; only in a project that was built with `--alert`. */
export const ALERT_STEP = {
  id: 'report-failure',
  name: 'Report failure',
  adaptor: '@openfn/language-http@7.3.2',
  configuration: 'alert',
};

/** Adds the step to a workflow, after each of its jobs, on failure. */
export const addAlert = (workflow: ProjectWorkflow, expression: string): ProjectWorkflow => {
  const onFailure = { [ALERT_STEP.id]: { condition: 'on_job_failure' } };
  const withEdge = (step: ProjectStep): ProjectStep =>
    'type' in step ? step : { ...step, next: { ...step.next, ...onFailure } };
  return { ...workflow, steps: [...workflow.steps.map(withEdge), { ...ALERT_STEP, expression }] };
};
