import type { Family } from '../../local/primero/family.ts';
import { Mapping } from './expected.ts';
import { History } from './history.ts';
import { Broken } from './invariants.ts';
import type { Jobs } from './jobs.ts';
import type { Ona } from './ona.ts';
import { type Plan, planOf } from './plan.ts';

/** A history that breaks a promise. */
export interface Failure {
  seed: number;
  reason: string;
  plan: Plan;
  /** What happened, line by line. */
  told: string[];
}

/** Plays one plan. Null where every promise holds. */
export const playPlan = async (
  plan: Plan,
  jobs: Jobs,
  ona: Ona,
  count: (what: string) => void = () => {},
): Promise<Failure | null> => {
  const told: string[] = [];
  const say = (what: string) => told.push(what);
  try {
    const mapping = await Mapping.of(ona);
    await new History(plan, jobs, ona, mapping, { say, count }).play();
    return null;
  } catch (error) {
    const reason =
      error instanceof Broken ? error.message : String((error as Error)?.stack ?? error);
    return { seed: plan.seed, reason, plan, told };
  }
};

/** Leaves out kinds of events, rounds and cases as long as the history still fails. */
export const shrink = async (failure: Failure, jobs: Jobs, ona: Ona): Promise<Failure> => {
  let best = failure;
  const tryPlan = async (plan: Plan) => {
    const smaller = await playPlan(plan, jobs, ona);
    if (smaller && smaller.told.length <= best.told.length) best = smaller;
  };
  for (const kind of failure.plan.kinds.filter((each) => each !== 'edits'))
    await tryPlan({ ...best.plan, kinds: best.plan.kinds.filter((each) => each !== kind) });
  for (const rounds of [1, 2])
    if (rounds < best.plan.rounds) await tryPlan({ ...best.plan, rounds });
  for (const cases of [30, 60]) if (cases < best.plan.cases) await tryPlan({ ...best.plan, cases });
  return best;
};

/** Plays the history of a seed. */
export const playSeed = (
  seed: number,
  jobs: Jobs,
  ona: Ona,
  { family, count }: { family?: Family | undefined; count?: (what: string) => void },
): Promise<Failure | null> => playPlan(planOf(seed, family), jobs, ona, count);

/** A failure for people. */
export const describeFailure = ({ seed, reason, plan, told }: Failure): string =>
  [
    `seed ${seed}: ${reason}`,
    `  Primero ${plan.family}, ${plan.cases} cases, pages of ${plan.largestPage}, batches of ${plan.batchBytes} bytes`,
    `  ${plan.kinds.join(', ')}`,
    ...told.map((line) => `    ${line}`),
    `  Play it again: npm run simulate -- --seeds 1 --from ${seed}`,
  ].join('\n');
