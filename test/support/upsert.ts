import type { Outcome } from '../../jobs/lib/operations/state.ts';
import { packBatch } from '../../jobs/lib/pack.ts';
import type { Batch } from '../../jobs/lib/types.ts';
import { createRunner } from '../../local/runner/index.ts';
import { outcomeOf } from './chain.ts';
import type { TestOna } from './ona.ts';

/**
 * The job upsert-cases by itself, and what it leaves in ONA.
 * @example <caption>Write one child</caption>
 * const { write, cases } = upsert(ona);
 * await write(batch([result([record('sokha')])]));
 */
export const upsert = (ona: TestOna) => {
  /** Runs the job: with nothing to post, the step after it does nothing. */
  const run = (input: Batch | null) => {
    const inbox = { inboxUrl: 'http://127.0.0.1:9/', apiKey: 'key' };
    const credentials = { primero: {}, ona: { ...ona.credentials }, inbox };
    const runner = createRunner({
      credentials,
      modules: { '@openfn/language-http': 'test/support/no-inbox' },
    });
    return runner.run('upsert-cases', input ? { batch: packBatch(input) } : {});
  };
  const rows = async (sql: string) => (await ona.query(sql)).rows;
  return {
    run,
    rows,
    write: async (input: Batch): Promise<Outcome> => outcomeOf(await run(input)),
    cases: () =>
      rows('SELECT case_id, sex, age, in_reintegration, in_under18 FROM cases ORDER BY 1'),
    services: () => rows('SELECT unique_id, case_id FROM services ORDER BY 1'),
  };
};
