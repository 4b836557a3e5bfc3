import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeOna } from '../../support/ona.ts';
import { primeroAndFolder } from '../cli/primero-and-folder.ts';
import { callCli } from '../cli/run-cli.ts';

describeOna(
  'the commands dictionary and report',
  (ona) => {
    const here = primeroAndFolder({ cases: 10, missingFields: ['sex'] });
    const call = async (...args: string[]) => {
      const file = join(here.folder, 'credentials.json');
      await writeFile(
        file,
        JSON.stringify({ primero: here.primero.credential, ona: ona.credentials }),
      );
      return callCli([...args, '--credentials', file], join(here.folder, 'state'));
    };

    test('say what they did, and what is worth a look', async () => {
      const text = await call('dictionary');
      expect(text).toMatchObject({ code: 0, stderr: '' });
      expect(text.stdout).toMatch(
        /^data_dictionary: \d+ labels added, 0 changed, 0 unchanged\.\n\nWorth a look/,
      );
      expect(text.stdout).toMatch(/│ sex .*Primero shows no such field/);
      await ona.query(
        "UPDATE data_dictionary SET label_en = 'Ours', source = NULL WHERE column_name = 'age' AND value = ''",
      );
      const kept = await call('dictionary');
      expect(kept.stdout).toContain('Left as they are: 1 row written by the ONA team. --overwrite');
      const json = JSON.parse((await call('dictionary', '--overwrite', '--json')).stdout);
      expect(json).toMatchObject({ inserted: 0, updated: 1, kept: 0 });
      expect(json.findings).toContainEqual(
        expect.objectContaining({ kind: 'NO_FIELD', column: 'sex' }),
      );

      const out = join(here.folder, 'page.html');
      const report = await call('report', '--out', out);
      expect(report.stdout).toMatch(/page\.html {2}\d+ KB: open it in a browser\n$/);
      const page = await readFile(out, 'utf8');
      expect(page).toContain('Not complete');
      expect(page).not.toContain('invented');
    });

    test('say to migrate where ONA has no tables, or no views', async () => {
      const said = async () => {
        const { code, stderr } = await call('report', '--out', join(here.folder, 'none.html'));
        expect(code).toBe(2);
        expect(stderr).toMatch(/: run `npm run -s cli -- migrate --credentials/);
        return stderr.slice(0, stderr.indexOf(':'));
      };
      await ona.query('DROP VIEW data_freshness');
      expect(await said()).toBe('ONA_VIEW_MISSING');
      await ona.clear();
      expect(await said()).toBe('ONA_TABLE_MISSING');
    });
  },
  { only: 'PGlite' },
);
