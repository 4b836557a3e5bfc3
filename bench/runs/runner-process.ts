/** Runs jobs as the platform does. Its first message has the credentials, each one after it a run. */
import { createRunner, type Runner } from '../../local/runner/index.ts';
import { answerParent } from '../servers/answer-parent.ts';

let runner: Runner | undefined;

answerParent(async (message: { credentials: never; start: string; data: unknown }) => {
  if (!runner) {
    runner = createRunner({ credentials: message.credentials });
    return {};
  }
  const began = performance.now();
  const { steps, failed, state } = await runner.run(message.start, { data: message.data });
  const ms = performance.now() - began;
  const { summary } = Object(state?.data);
  const { user, system } = process.cpuUsage();
  return { ms, cpuMs: (user + system) / 1000, steps, summary, error: failed?.message ?? null };
});
