import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAudit } from '../../../local/audit/read-audit.ts';
import { sayAct } from '../../../local/audit/say-act.ts';
import { eraseCase } from '../../../local/erase/erase.ts';
import { publish } from '../../../local/figures/publish.ts';
import { addChildren, idOf } from '../../db/children.ts';
import { keep } from '../../db/figure-writes.ts';
import { startWith } from '../../promises/world.ts';
import { census } from '../../support/census.ts';
import { withDeployRoles } from '../../support/deploy-roles.ts';
import { describeBoth } from '../../support/ona.ts';
import { actAs } from '../../support/role.ts';
import { testFolder } from '../../support/test-folder.ts';
import { callCli } from '../cli/run-cli.ts';

describeBoth('what people did', (ona) => {
  const acts = async () =>
    (await readAudit(ona.credentials)).map(({ act, what }) => ({ act, what }));

  test('a publication is noted once, with whoever signed in', () =>
    withDeployRoles(ona, async ({ officer }) => {
      await addChildren(ona, [{ name: 'sokha' }]);
      await keep(ona, 'q3', '2026-10-01');
      await actAs(ona, officer, async (own) => {
        await publish(own, '2026-Q1');
        expect((await publish(own, '2026-Q1')).isNew).toBe(false);
        expect(await readAudit(own)).toEqual([
          {
            notedAt: expect.any(Date),
            // PGlite has one login.
            login: ona.kind === 'PostgreSQL' ? officer.user : ona.credentials.user,
            act: 'published',
            what: { quarter: '2026-Q1', syncId: 'q3' },
          },
        ]);
      });
    }));

  test('an erasure is noted with the hash alone', async () => {
    await addChildren(ona, [{ name: 'sokha' }]);
    await eraseCase(ona.credentials, 'sokha');
    const { rows } = await ona.query("SELECT encode(hash, 'hex') AS hash FROM erased");
    expect(await acts()).toEqual([{ act: 'erased', what: rows[0] }]);
    expect(JSON.stringify(await acts())).not.toMatch(new RegExp(`sokha|${idOf('sokha')}`));
  });

  test('accepted removals are noted with their sync; a sync without them, and a dry run, leave no line', async () => {
    const primero = await startWith(20);
    const { sync } = census({ primero, ona });
    await sync();
    await sync({ takeOver: true, acceptRemovals: 12, dryRun: true });
    expect(await acts()).toEqual([]);
    const { last } = await sync({ takeOver: true, acceptRemovals: 12 });
    expect(await acts()).toEqual([
      { act: 'removals accepted', what: { syncId: last.syncId, upTo: 12 } },
    ]);
  });

  test('the command tells them, as lines and as JSON', async () => {
    const folder = await testFolder();
    const file = join(folder, 'credentials.json');
    const primero = { url: 'http://127.0.0.1:9', user: 'any', password: 'any' };
    await writeFile(file, JSON.stringify({ primero, ona: ona.credentials }));
    const call = (...more: string[]) =>
      callCli(['audit', '--credentials', file, ...more], join(folder, 'state'));
    expect((await call()).stdout).toBe('Nobody has done anything that is noted.\n');
    await ona.query('SELECT note_act(\'erased\', \'{"hash": "ab"}\')');
    const { stdout } = await call();
    expect(stdout).toMatch(/^\d{4}-\S+Z {2}\w+ {2}erased a child, hash ab\n$/);
    expect(JSON.parse((await call('--json')).stdout)).toEqual([
      {
        notedAt: stdout.split(' ')[0],
        login: stdout.split(/ +/)[1],
        act: 'erased',
        what: { hash: 'ab' },
      },
    ]);
  });

  test('nobody but the owner writes, changes or deletes a line, and no officer says it was somebody else', () =>
    withDeployRoles(ona, async ({ officer, dashboard }) => {
      await ona.query("SELECT note_act('listed', '{}')");
      for (const { user } of [officer, dashboard])
        for (const forbidden of [
          "INSERT INTO audit (login, act, what) VALUES ('another', 'listed', '{}')",
          "UPDATE audit SET login = 'another'",
          'DELETE FROM audit',
          'TRUNCATE audit',
        ]) {
          await ona.query(`SET ROLE ${user}`);
          await expect(ona.query(forbidden), forbidden).rejects.toMatchObject({ code: '42501' });
          await ona.query('RESET ROLE');
        }
      await ona.query(`SET ROLE ${dashboard.user}`);
      await expect(ona.query("SELECT note_act('listed', '{}')")).rejects.toMatchObject({
        code: '42501',
      });
      await ona.query('RESET ROLE');
    }));

  test('is for officers: another login is told what to do', () =>
    withDeployRoles(ona, async ({ dashboard, officer }) => {
      await actAs(ona, dashboard, (own) =>
        expect(readAudit(own)).rejects.toThrow(
          `OFFICERS_ONLY: what people did is for officers only, and ${dashboard.user} is none: sign in as an officer`,
        ),
      );
      expect(await actAs(ona, officer, readAudit)).toEqual([]);
    }));
});

test.for([
  [
    { act: 'published', what: { quarter: '2026-Q3', syncId: 's' } },
    'published 2026-Q3, from sync s',
  ],
  [{ act: 'erased', what: { hash: 'ab' } }, 'erased a child, hash ab'],
  [
    { act: 'removals accepted', what: { syncId: 's', upTo: 12 } },
    'accepted up to 12 removals, in sync s',
  ],
  [
    { act: 'listed', what: { indicator: '4.8', quarter: '2026-Q3', province: 'Kratie', cases: 1 } },
    'listed 1 case of 4.8 2026-Q3 Kratie',
  ],
  [
    { act: 'listed', what: { indicator: '4.8', quarter: '2026-Q3', province: null, cases: 7 } },
    'listed 7 cases of 4.8 2026-Q3',
  ],
] as const)('In words: %j', ([act, said]) => {
  expect(sayAct(act)).toBe(said);
});
