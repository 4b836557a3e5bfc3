import type { ProjectStep, ProjectWorkflow } from './split-workflow.ts';

/** The step that tells somebody of a failure; only in a project that was built with `--alert`. */
const ALERT_STEP = { id: 'report-failure', name: 'Report failure', configuration: 'alert' };

/** It posts, as a job of each workflow does: with the same adaptor. */
const posterIn = ({ steps }: ProjectWorkflow): string | undefined =>
  steps.map(({ adaptor }) => String(adaptor)).find((each) => /\/language-http@/.test(each));

/** Adds the step to a workflow, after each of its jobs, on failure. */
export const addAlert = (workflow: ProjectWorkflow, expression: string): ProjectWorkflow => {
  const onFailure = { [ALERT_STEP.id]: { condition: 'on_job_failure' } };
  const withEdge = (step: ProjectStep): ProjectStep =>
    'type' in step ? step : { ...step, next: { ...step.next, ...onFailure } };
  const alert = { ...ALERT_STEP, adaptor: posterIn(workflow), expression };
  return { ...workflow, steps: [...workflow.steps.map(withEdge), alert] };
};
