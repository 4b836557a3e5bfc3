import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAudit } from '../../../../local/audit/read-audit.ts';
import type { OnaCredential } from '../../../../local/credentials/schema.ts';
import { addChildren } from '../../../db/children.ts';
import { keep, write } from '../../../db/figure-writes.ts';
import { withDeployRoles } from '../../../support/deploy-roles.ts';
import { describeBoth } from '../../../support/ona.ts';
import { actAs } from '../../../support/role.ts';
import { testFolder } from '../../../support/test-folder.ts';
import { callCli } from '../../cli/run-cli.ts';

const names = (count: number) => Array.from({ length: count }, (_, n) => `child-${n}`);

const RULE_4_8 = [
  '',
  'A child counts if all of this holds:',
  '  - Its case is enabled in Primero and of the type Children Undergoing Reintegration (field type_of_case).',
  '  - Its age is 0 to 17 (field age).',
  '  - There is consent for reporting: true (field consent_reporting). None recorded is no consent.',
  '  - It has a placement (field type_of_placement) that counts. These do not count: none, residential care. Table indicator_4_8_placements says so.',
];

describeBoth('why --cell', (ona) => {
  /** Seven children in Kratie of whom two are left out, two elsewhere, one nowhere; all of the first quarter. */
  const start = async () => {
    await addChildren(ona, [
      ...names(7).map((name) => ({ name, services: ['x'], servedOn: '2026-02-20' })),
      { name: 'no-consent', consent: 'false' },
      { name: 'institution', placement: 'residential care' },
      ...['far-1', 'far-2'].map((name) => ({ name, place: ['1', '102'] as [string, string] })),
      { name: 'nowhere', place: null },
    ]);
    await keep(ona, 'q3', '2026-10-01');
    await ona.query("UPDATE cases SET primero_updated_at = '2026-09-01'");
  };

  const publish = () =>
    ona.query("INSERT INTO publications VALUES ('2026-Q1', 'q3', '2026-10-05T00:00:00Z')");

  const whyAs = async (own: OnaCredential, ...args: string[]) => {
    const folder = await testFolder();
    const file = join(folder, 'credentials.json');
    const primero = { url: 'http://127.0.0.1:9', user: 'any', password: 'any' };
    await writeFile(file, JSON.stringify({ primero, ona: own }));
    return callCli(['why', '--credentials', file, ...args], join(folder, 'state'));
  };
  const why = (...args: string[]) => whyAs(ona.credentials, ...args);
  const cell = async (...args: string[]) => {
    const { stdout, stderr } = await why('--cell', ...args);
    return stdout === '' ? stderr : stdout.split('\n');
  };

  test('how many, by which rule, from which census; and that nothing was published', async () => {
    await start();
    expect(await cell('4.8', '2026-Q1', 'Kratie')).toEqual([
      '4.8, 2026-Q1, Kratie (10)',
      'Children provided with family reunification or kinship, or community-based care placements',
      '',
      'Registered in the quarter: 7 children.',
      '  Not counted: 1 without consent for reporting, 1 without a placement that counts.',
      '  Not published yet.',
      'These numbers are exact: do not publish them.',
      'ONA is complete up to 2026-10-01T00:00:00.000Z, when census q3 began.',
      ...RULE_4_8,
      '',
    ]);
    expect(await cell('4.8', '2026-Q2', 'Kratie')).toContain(
      'Registered in the quarter: 0 children.',
    );
  });

  test('how it changed since it was published, of a province and of the country', async () => {
    await start();
    await publish();
    expect(await cell('4.8', '2026-Q1', '10')).toContain(
      '  Published on 2026-10-05T00:00:00.000Z from sync q3: 7, the same.',
    );
    await write(ona, ['child-1'], () =>
      ona.query(
        "UPDATE cases SET primero_updated_at = '2026-10-09', province_current_code = '1' WHERE case_id = 'child-1'",
      ),
    );
    const changed = await cell('4.8', '2026-Q1', 'Kratie');
    expect(changed.slice(5, 7)).toEqual([
      '  Published on 2026-10-05T00:00:00.000Z from sync q3: 7, now 6.',
      '    -1        place corrected',
    ]);
    expect(await cell('4.8', '2026-Q1')).toContain(
      '  Published on 2026-10-05T00:00:00.000Z from sync q3: 10, the same.',
    );
    await ona.query("DELETE FROM cases WHERE case_id = 'child-2'");
    expect((await cell('4.8', '2026-Q1', 'ក្រចេះ')).slice(5, 8)).toEqual([
      '  Published on 2026-10-05T00:00:00.000Z from sync q3: 7, now 5.',
      '    -1        changed in ONA by somebody else',
      '    -1        place corrected',
    ]);
  });

  test('both measures, the country, and where no province is recorded; as JSON', async () => {
    await start();
    const { stdout } = await why('--json', '--cell', '4.11a', '2026-Q1', 'unknown');
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      ...{
        indicator: '4.11a',
        quarter: '2026-Q1',
        province: { code: '' },
        safe: null,
        cases: null,
      },
      census: { syncId: 'q3', beganAt: '2026-10-01T00:00:00.000Z', butFor: null },
    });
    const none = { age: 0, consent: 0, placement: 0 };
    expect(found.exact).toEqual([
      { measure: 'registered', children: 1, leftOut: none, published: null },
      { measure: 'served', children: 0, leftOut: none, published: null },
    ]);
    const listed = await why('--json', '--cases', '--cell', '4.11a', '2026-Q1', 'Kratie');
    const { cases } = JSON.parse(listed.stdout) as { cases: { measure: string }[] };
    expect(cases[0]).toEqual({ measure: 'registered', caseId: 'child-0' });
    expect(cases.map(({ measure }) => measure)).toEqual([
      ...Array(8).fill('registered'),
      ...Array(7).fill('served'),
    ]);
    expect(await cell('4.11a', '2026-Q1')).toEqual(
      expect.arrayContaining([
        'Registered in the quarter: 11 children.',
        'With a service in the quarter: 7 children.',
      ]),
    );
  });

  test('an officer lists the cases, and in the same transaction that is noted', () =>
    withDeployRoles(ona, async ({ officer }) => {
      await start();
      await actAs(ona, officer, async (own) => {
        const { stdout, code } = await whyAs(
          own,
          '--cell',
          '4.11a',
          '2026-Q1',
          'Kratie',
          '--cases',
        );
        expect(code).toBe(0);
        const lines = stdout.split('\n');
        const ids = names(7).map((name) => `  ${name}`);
        expect(lines.slice(lines.indexOf('Cases, registered in the quarter:'))).toEqual([
          'Cases, registered in the quarter:',
          ...ids,
          '  institution',
          'Cases, with a service in the quarter:',
          ...ids,
          'That you have listed them is noted (`audit`).',
          '',
        ]);
        expect(await readAudit(own)).toEqual([
          {
            notedAt: expect.any(Date),
            login: ona.kind === 'PostgreSQL' ? officer.user : ona.credentials.user,
            act: 'listed',
            what: { indicator: '4.11a', quarter: '2026-Q1', province: 'Kratie', cases: 8 },
          },
        ]);
        await whyAs(own, '--cell', '4.8', '2026-Q1');
        expect(await readAudit(own)).toHaveLength(1);
      });
      // Who cannot leave a line gets no list.
      await ona.query(`REVOKE EXECUTE ON FUNCTION note_act(text, jsonb) FROM ${officer.user}`);
      const refused = await actAs(ona, officer, (own) =>
        whyAs(own, '--cell', '4.8', '2026-Q1', '--cases'),
      );
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(/^ONA_FORBIDDEN/);
    }));

  test('dashboard gets protected counts alone, and no list', () =>
    withDeployRoles(ona, async ({ dashboard }) => {
      await start();
      await publish();
      await actAs(ona, dashboard, async (own) => {
        const ask = (...args: string[]) => whyAs(own, '--cell', ...args);
        const kratie = (await ask('4.8', '2026-Q1', 'Kratie')).stdout.split('\n');
        expect(kratie).toEqual([
          '4.8, 2026-Q1, Kratie (10)',
          'Children provided with family reunification or kinship, or community-based care placements',
          '',
          'Registered in the quarter: 5.',
          'These numbers are rounded to the nearest 5, and 1 to 4 is <5. Exact ones, and why they changed, are for officers.',
          'ONA is complete up to 2026-10-01T00:00:00.000Z, when census q3 began.',
          ...RULE_4_8,
          '',
        ]);
        const all = (await ask('4.11a', '2026-Q1')).stdout.split('\n');
        expect(all.slice(3, 9)).toEqual([
          'Registered in the quarter, by province:',
          '       <5  Banteay Meanchey (1)',
          '       10  Kratie (10)',
          '       <5  no province recorded',
          'With a service in the quarter, by province:',
          '        5  Kratie (10)',
        ]);
        expect((await ask('4.8', '2026-Q1', 'Kep')).stdout).toContain('in the quarter: 0.\n');
        const refused = await ask('4.8', '2026-Q1', 'Kratie', '--cases');
        expect(refused).toMatchObject({ code: 2, stdout: '' });
        expect(refused.stderr).toMatch(
          new RegExp(
            `^OFFICERS_ONLY: the list of cases behind a number is for officers only, and ${dashboard.user} is none: sign in as an officer`,
          ),
        );
      });
      expect(await readAudit(ona.credentials)).toEqual([]);
    }));

  test('what cannot be asked is told with what can', async () => {
    expect(await cell('4.9', '2026-Q1')).toMatch(
      /^USAGE: "4.9" is no indicator: take one of 4.11a, 4.8/,
    );
    expect(await cell('4.8', '2026-Q1', 'Nowhere')).toMatch(
      /^USAGE: "Nowhere" is no province: take one of 1 Banteay Meanchey, 2 Battambang, /,
    );
    for (const args of [[], ['c1', '--cell', '4.8', '2026-Q1'], ['c1', '--cases']])
      expect(await why(...args)).toMatchObject({ code: 2, stdout: '' });
    expect(await cell('4.8', '2026-Q1')).toContain(
      'No census has been complete yet: do not report this number.',
    );
  });
});
