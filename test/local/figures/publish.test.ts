import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addChildren } from '../../db/children.ts';
import { keep, write } from '../../db/figure-writes.ts';
import { describeBoth } from '../../support/ona.ts';
import { callCli, temporaryFolder } from '../cli/run-cli.ts';

describeBoth('report --publish and changes', (ona) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder?.remove());

  const call = async (...args: string[]) => {
    const file = join(folder.path, 'credentials.json');
    const primero = { url: 'http://127.0.0.1:9', user: 'any', password: 'any' };
    await writeFile(file, JSON.stringify({ primero, ona: ona.credentials }));
    return callCli([...args, '--credentials', file], join(folder.path, 'state'));
  };
  const publish = (quarter: string) =>
    call('report', '--out', join(folder.path, 'page.html'), '--publish', quarter);
  const start = async () => {
    await addChildren(
      ona,
      ['sokha', 'dara', 'bopha'].map((name) => ({ name })),
    );
    await keep(ona, 'q3', '2026-10-01');
    await ona.query("UPDATE cases SET primero_updated_at = '2026-09-01'");
  };

  test('a published number stays, and each child that it differs by has its reason', async () => {
    await start();
    expect((await publish('2026-Q1')).stdout).toMatch(/^Published: 2026-Q1, from sync q3\./);
    expect((await publish('2026-Q1')).stdout).toMatch(
      /^Was published already: 2026-Q1, from sync q3\./,
    );
    const same = await call('changes', '2026-Q1');
    expect(same.stdout).toContain('\n4.8, registered in the quarter: 3 children, as published.\n');

    const change = (name: string, set: string) =>
      write(ona, [name], () =>
        ona.query(`UPDATE cases SET primero_updated_at = now(), ${set} WHERE case_id = '${name}'`),
      );
    await change('sokha', "consent_for_reporting = 'false'");
    await change('dara', 'placement_type = NULL');
    await keep(ona, 'q4', '2027-01-01');
    await write(ona, ['vanna'], () => addChildren(ona, [{ name: 'vanna' }]));
    await ona.query("DELETE FROM cases WHERE case_id = 'bopha'");

    const { stdout } = await call('changes', '2026-Q1');
    expect(stdout.split('\n').slice(1)).toEqual([
      '4.11a, registered in the quarter: published 3 children, now 2.',
      '  -1        changed in ONA by somebody else',
      '  -1        consent changed',
      '  +1        registered late',
      '4.8, registered in the quarter: published 3 children, now 1.',
      '  -1        changed in ONA by somebody else',
      '  -1        consent changed',
      '  -1        placement changed',
      '  +1        registered late',
      '',
    ]);
    const { indicators } = JSON.parse((await call('changes', '2026-Q1', '--json')).stdout);
    for (const { published, now, changes } of indicators)
      expect(
        changes.reduce(
          (sum: number, each: { gained: number; lost: number }) => sum + each.gained - each.lost,
          published,
        ),
      ).toBe(now);
  });

  test('a quarter is published once it is over, and a census was complete', async () => {
    const refused = async (quarter: string) => {
      const { code, stderr } = await publish(quarter);
      return [code, stderr.split(':')[0]];
    };
    expect(await refused('2026-Q1')).toEqual([1, 'FIGURES_MISSING']);
    await start();
    expect(await refused('2026-Q4')).toEqual([1, 'QUARTER_UNFINISHED']);
    expect(await refused('2026-4')).toEqual([2, 'USAGE']);
    expect((await publish('2026-Q3')).code).toBe(0);
    expect((await call('changes', '2026-Q2')).stderr).toMatch(/^NOT_PUBLISHED/);
    const { rows } = await ona.query('SELECT quarter, sync_id FROM publications');
    expect(rows).toEqual([{ quarter: '2026-Q3', sync_id: 'q3' }]);
  });
});
