import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeReport } from '../../../local/report/write-report.ts';
import { addChildren } from '../../db/children.ts';
import { drawnChildren } from '../../db/drawn-children.ts';
import { keep } from '../../db/figure-writes.ts';
import { describeOna } from '../../support/ona.ts';
import { callCli, temporaryFolder } from '../cli/run-cli.ts';

describeOna('writeReport', (ona) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder?.remove());

  test('writes the page whole, over the one of before, and makes its folder', async () => {
    const file = join(folder.path, 'a', 'report.html');
    await addChildren(ona, [{ name: 'sokha' }]);
    await writeReport(ona.credentials, { folder: folder.path, html: file });
    await addChildren(ona, [{ name: 'dara', services: ['Counselling'] }]);
    const [written] = await writeReport(ona.credentials, { folder: folder.path, html: file });
    const page = await readFile(file, 'utf8');
    expect(Buffer.byteLength(page)).toBe(written!.bytes);
    expect(page).toContain(
      '<tr data-quarter="2026-Q1"><th scope="row">2026-Q1</th><td class="bar" style="--w:0.0">&lt;5</td>',
    );
    expect(page).toContain('These do not count: Not recorded, residential care.');
    expect(page).not.toMatch(/sokha|dara/);
    expect(await readdir(join(folder.path, 'a'))).toEqual(['report.html']);
  });

  test('names its files by the day of the newest sync, and the copy of the newest page report.html', async () => {
    const folder = await temporaryFolder();
    try {
      await addChildren(ona, [{ name: 'sokha' }]);
      const days = async (began: string) => {
        await keep(ona, began, began);
        const written = await writeReport(ona.credentials, { folder: folder.path });
        return written.map(({ file }) => relative(folder.path, file));
      };
      const first = ['csv', 'xlsx', 'html'].map((end) => `report-2026-10-01.${end}`);
      const second = ['csv', 'xlsx', 'html'].map((end) => `report-2027-01-02.${end}`);
      expect(await days('2026-10-01T23:59:59Z')).toEqual([...first, 'report.html']);
      expect(await days('2027-01-02')).toEqual([...second, 'report.html']);
      expect(await readdir(folder.path)).toEqual([...first, ...second, 'report.html'].sort());
      const read = (name: string) => readFile(join(folder.path, name), 'utf8');
      expect(await read('report.html')).toBe(await read('report-2027-01-02.html'));
      expect(await read('report.html')).not.toBe(await read('report-2026-10-01.html'));
    } finally {
      await folder.remove();
    }
  });

  test('has the figures that a census kept, or counts them', async () => {
    await addChildren(ona, drawnChildren(300, 5));
    await keep(ona, 'q3', '2026-10-01');
    const numbersOf = async (census?: string) => {
      const csv = join(folder.path, 'kept.csv');
      await writeReport(
        ona.credentials,
        { folder: folder.path, html: join(folder.path, 'kept.html'), csv },
        { census },
      );
      return readFile(csv, 'utf8');
    };
    const kept = await numbersOf('q3');
    expect(await numbersOf()).toBe(kept);
    await ona.query("UPDATE cases SET consent_for_reporting = 'false'");
    expect(await numbersOf('q3')).toBe(kept);
    expect(await numbersOf()).not.toBe(kept);
  });

  test('says what to do where the views are missing, or the file cannot be written', async () => {
    const file = join(folder.path, 'report.html');
    await ona.query('DROP VIEW data_freshness');
    await expect(
      writeReport(
        ona.credentials,
        { folder: folder.path, html: file },
        { credentialsFile: 'real.json' },
      ),
    ).rejects.toThrow(/^ONA_VIEW_MISSING: .*npm run -s cli -- migrate --credentials real\.json/);
    await ona.reset();
    await expect(
      writeReport(ona.credentials, { folder: folder.path, html: join(folder.path, '\0') }),
    ).rejects.toThrow(/^REPORT_NOT_WRITTEN: .*name another file/);
  });
});

test('the commands report and dictionary need a sandbox or credentials, and say so', async () => {
  const folder = await temporaryFolder();
  for (const command of ['report', 'dictionary']) {
    const { code, stderr } = await callCli([command], folder.path);
    expect([code, stderr.split(':')[0]]).toEqual([2, 'SANDBOX_MISSING']);
    expect((await callCli([command, '--help'], folder.path)).stdout).toMatch(
      /Examples:\n {2}\$ npm /,
    );
  }
  await folder.remove();
});
