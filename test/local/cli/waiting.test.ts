import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPrimero } from '../../../local/primero/index.ts';
import { describeOna } from '../../support/ona.ts';
import { startCli, temporaryFolder } from './run-cli.ts';

describeOna('a sync that has to wait', (ona) => {
  test('says why it asks again, and when; before the first batch and within one; and has no colour', async () => {
    const folder = await temporaryFolder();
    const primero = await startPrimero({ cases: 30 });
    onTestFinished(async () => {
      await primero.close();
      await folder.remove();
    });
    const file = join(folder.path, 'real.json');
    await writeFile(file, JSON.stringify({ primero: primero.credential, ona: ona.credentials }));
    primero.faults.use((_, n) =>
      n === 1 || n === 3 ? { kind: 'status', status: 503, retryAfter: 1 } : undefined,
    );
    const { code, stdout, stderr } = await startCli(['sync', '--credentials', file], folder.path)
      .ended;
    expect([0, 3]).toContain(code);
    expect(stderr).toMatch(
      /^Primero at \S+ is busy or under maintenance \(503\)\. Asking again in 1 s\.$/m,
    );
    expect(stderr).toMatch(/^Primero answered with status 503\. Asking again in \d+ s\.$/m);
    expect(stdout + stderr).not.toContain('\x1b');
  });
});
