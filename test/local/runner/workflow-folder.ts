import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testFolder } from '../../support/test-folder.ts';

const HTTP = '@openfn/language-http@7.2.10';

type Given = {
  name?: string;
  adaptor?: string;
  configuration?: string;
  next?: unknown;
  code: string;
};

/**
 * Writes a workflow with these jobs to a folder of its own, and gives the workflow's path.
 * A `code` without an adaptor's imports is enough: the adaptor is only needed where it is used.
 */
export const workflowWith = async (jobs: Record<string, Given>): Promise<string> => {
  const folder = await testFolder();
  const first = Object.keys(jobs)[0]!;
  const steps: unknown[] = [
    { id: 'hook', type: 'webhook', enabled: true, next: { [first]: true } },
  ];
  for (const [id, { code, ...job }] of Object.entries(jobs)) {
    await writeFile(join(folder, `${id}.js`), code);
    steps.push({ id, adaptor: HTTP, expression: `${id}.js`, ...job });
  }
  const path = join(folder, 'workflow.json');
  await writeFile(path, JSON.stringify({ id: 'w', name: 'w', start: 'hook', steps }));
  return path;
};

/** A workflow of one job, `only`. */
export const jobOf = (code: string, job: Omit<Given, 'code'> = {}): Promise<string> =>
  workflowWith({ only: { code, ...job } });
