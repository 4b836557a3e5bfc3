import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readStatus } from '../../../../local/ledger/read-status.ts';
import { describeOna } from '../../../support/ona.ts';
import { callCli, temporaryFolder } from '../run-cli.ts';

const ID = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

describeOna('the command rejects', (ona) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  const rejects = async (...options: string[]) => {
    const file = join(folder.path, 'real.json');
    const primero = { url: 'https://primero.example.org', user: 'u', password: 'p' };
    await writeFile(file, JSON.stringify({ primero, ona: ona.credentials }));
    return callCli(['rejects', '--credentials', file, ...options], folder.path);
  };

  const complete = () =>
    ona.query(
      `INSERT INTO syncs (sync_id, kind, state, held_before, first_totals) VALUES ('s', 'census', 'complete', 0, '{}')`,
    );

  describe('where some were not loaded', () => {
    beforeEach(async () => {
      await complete();
      await ona.query(
        `INSERT INTO sync_rejects (sync_id, primero_id, scope, field, reason, wanted, indicators, written_at) VALUES
           ('s', $1, 'case', 'case_id_display', 'CASE_ID_TAKEN', '=1+1', '{under18,reintegration}', '2026-10-01'),
           ('s', $2, 'service', 'services_section[2].unique_id', 'MISSING', NULL, '{under18}', '2026-10-02'),
           ('s', $3, 'service', 'services_section[0].unique_id', 'MISSING', NULL, '{under18}', '2026-10-03')`,
        [ID(1), ID(2), ID(3)],
      );
      await ona.query(
        `INSERT INTO sync_findings (sync_id, primero_id, part, finding, found_at) VALUES
           ('s', $1, 1, 'unseen', '2026-10-04'), ('s', $2, 1, 'left', '2026-10-04')`,
        [ID(4), ID(5)],
      );
      await ona.query(
        `INSERT INTO case_indicators (primero_id, indicator, since) VALUES ($1, 'under18', now())`,
        [ID(4)],
      );
    });

    test('each is listed by its reason, with id, since when, and what to do; the counts add up', async () => {
      const { code, stdout } = await rejects();
      expect(code).toBe(0);
      expect(stdout).toBe(
        [
          'Not loaded: 1 record, 2 services. Unseen: 1 child.',
          '',
          'CASE_ID_TAKEN (case_id_display): 1',
          '  another child has this case_id',
          '  Two children were given the same display id, which `wanted` names. If one case is a duplicate, disable it. Otherwise give one of them a new id.',
          `  ${ID(1)}  since 2026-10-01, wants =1+1`,
          '',
          'MISSING (services_section.unique_id): 2',
          '  a required value is missing',
          '  Fill in the field in Primero: for a case its display id, for a service its `unique_id`.',
          `  ${ID(3)}  since 2026-10-03, service 1`,
          `  ${ID(2)}  since 2026-10-02, service 3`,
          '',
          'UNSEEN (record): 1',
          '  the user in Primero may not see the child; ONA keeps it as it was',
          "  Allow the user's role to see all cases. If the child should not be there, disable the case.",
          `  ${ID(4)}  since 2026-10-04`,
          '',
        ].join('\n'),
      );
    });

    test('as CSV no cell is a formula, and a comma is inside of quotes', async () => {
      const { stdout } = await rejects('--csv');
      const [head, first, ...others] = stdout.trimEnd().split('\r\n');
      expect(head).toBe('reason,scope,field,primeroId,wanted,indicators,since,meaning,todo');
      expect(first).toMatch(
        new RegExp(
          `^CASE_ID_TAKEN,case,case_id_display,${ID(1)},'=1\\+1,under18 reintegration,2026-10-01T00:00:00.000Z,another child has this case_id,"Two children `,
        ),
      );
      expect(others).toHaveLength(3);
    });

    test('as JSON it is a list', async () => {
      const found = JSON.parse((await rejects('--json')).stdout);
      expect(found).toHaveLength(4);
      expect(found[3]).toEqual({
        ...{ reason: 'UNSEEN', scope: 'case', field: 'record', primeroId: ID(4), wanted: null },
        ...{ indicators: ['under18'], since: '2026-10-04T00:00:00.000Z' },
      });
      expect((await rejects('--json', '--csv')).code).toBe(2);
    });
  });

  test('where all was loaded it says so', async () => {
    expect((await rejects()).stdout).toBe(
      'Not loaded: 0 records, 0 services. Unseen: 0 children.\n',
    );
    expect((await rejects('--orphans')).stdout).toBe(
      'No row was left by an earlier integration.\n',
    );
  });

  test('rows of an earlier integration are listed with the statements that remove them, once a census is complete', async () => {
    await ona.query(`
      INSERT INTO cases (case_id, last_updated_date, primero_id) VALUES
        ('a1', '2020-05-06 07:08', NULL), ('a2', NULL, '${ID(1)}');
      INSERT INTO services (unique_id, case_id, primero_id) VALUES ('s1', 'a1', NULL), ('s2', 'a2', '${ID(1)}')`);
    expect((await rejects('--orphans')).stdout).toBe(
      [
        'Left by an earlier integration: 1 row of cases, 1 row of services.',
        '  cases     a1, written 2020-05-06',
        '  services  s1',
        'No census is complete yet. The first one matches rows with records of Primero, so this list will become shorter.',
        '',
      ].join('\n'),
    );
    await complete();
    const status = await readStatus(ona.credentials);
    expect(status.left).toEqual({ cases: 1, services: 1 });
    const { stdout } = await rejects('--orphans');
    for (const [, sql] of stdout.matchAll(/^ {2}(DELETE .*;)$/gm)) await ona.query(sql!);
    expect((await rejects('--orphans')).stdout).toBe(
      'No row was left by an earlier integration.\n',
    );
    expect((await ona.query('SELECT case_id FROM cases')).rows).toEqual([{ case_id: 'a2' }]);
    expect((await ona.query('SELECT unique_id FROM services')).rows).toEqual([{ unique_id: 's2' }]);
  });
});
