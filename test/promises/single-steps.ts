import type { Message } from '../../jobs/lib/message.ts';
import type { Batch } from '../../jobs/lib/types.ts';
import type { Primero } from '../../local/primero/index.ts';
import { createRunner, type RunnerOptions, type RunResult } from '../../local/runner/index.ts';
import type { TestOna } from '../support/ona.ts';

type Servers = {
  primero: Pick<Primero, 'url' | 'user' | 'password'>;
  ona: Pick<TestOna, 'credentials'>;
};

/**
 * Runs the steps of a batch one by one, as the platform does when a person starts one again: what get-cases
 * hands on is kept, upsert-cases takes it whenever it is told to, and the message for the next batch is lost.
 */
export const singleSteps = (
  { primero: { url, user, password }, ona }: Servers,
  options: Partial<RunnerOptions> = {},
) => {
  const credentials = {
    primero: { url, user, password, basicAuth: true },
    ona: { ...ona.credentials },
    inbox: { inboxUrl: 'http://127.0.0.1:9/', apiKey: 'key' },
  };
  const runner = (modules: Record<string, string>) =>
    createRunner({ ...options, credentials, modules });
  const getting = runner({ '@openfn/language-postgresql': 'test/support/no-database' });
  const upserting = runner({ '@openfn/language-http': 'test/support/no-inbox' });
  return {
    /** What get-cases hands on for a message. */
    async get(message: Message): Promise<Batch> {
      const { state, failed } = await getting.run('get-cases', { data: message });
      if (failed?.step === 'get-cases') throw new Error(failed.message);
      return state?.batch as Batch;
    },
    upsert: (batch: Batch): Promise<RunResult> => upserting.run('upsert-cases', { batch }),
  };
};
