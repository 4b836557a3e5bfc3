import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readWhy } from '../../../local/why/read-why.ts';
import { sayWhy } from '../../../local/why/say-why.ts';
import { addSync } from '../../db/syncs.ts';
import { describeOna, type TestOna } from '../../support/ona.ts';
import { callCli, temporaryFolder } from '../cli/run-cli.ts';

const SOKHA = '00000000-0000-4000-8000-000000000001';
const DARA = '00000000-0000-4000-8000-000000000002';

/** Sokha is c1, with two services; another integration left the row "old". */
const fill = async (ona: TestOna) => {
  await addSync(ona, { id: 'first', began: '2026-07-01', state: 'complete' });
  await ona.query(`
    INSERT INTO cases (case_id, sex, age, type_of_case, location_code, last_updated_date,
                       primero_id, primero_created_at, primero_updated_at, sync_id)
    VALUES ('c1', 'Female', 9, 'the type', '10060802', '2026-07-01 00:00:12',
            '${SOKHA}', '2026-04-01 08:00:00Z', '2026-05-01 08:00:00.250Z', 'first'),
           ('old', 'Male', 11, 'the type', '1', '2024-01-01', NULL, NULL, NULL, NULL)`);
  await ona.query(`INSERT INTO services (unique_id, case_id, primero_id)
                   VALUES ('s1', 'c1', '${SOKHA}'), ('s2', 'c1', '${SOKHA}'), ('s3', 'c1', '${DARA}')`);
  await ona.query(`
    INSERT INTO case_indicators (primero_id, indicator, since, until)
    VALUES ('${SOKHA}', 'reintegration', '2026-07-01Z', NULL),
           ('${SOKHA}', 'under18', '2026-04-01Z', '2026-07-01Z')`);
};

const reject = (ona: TestOna, scope: 'case' | 'service', field: string, wanted: string | null) =>
  ona.query(
    `INSERT INTO sync_rejects (primero_id, scope, field, reason, wanted, indicators, sync_id, written_at)
     VALUES ($1, $2, $3, $4, $5, '{under18}', 'first', '2026-07-01 00:00:14Z')`,
    [DARA, scope, field, wanted === null ? 'MISSING' : 'ID_TAKEN', wanted],
  );

const AT = '(2026-07-01T00:00:14.000Z, sync first)';

describeOna('why', (ona) => {
  const ask = async (id: string) => sayWhy(await readWhy(ona.credentials, id));

  test('A case: by which sync it came, what it counts for, since and until when', async () => {
    await fill(ona);
    const lines = [
      'Case c1 is in ONA, with 2 services.',
      `  id in Primero             ${SOKHA}`,
      '  created in Primero        2026-04-01T08:00:00.000Z',
      '  last updated in Primero   2026-05-01T08:00:00.250Z',
      '  row last written          2026-07-01T00:00:12.000Z',
      '  by sync                   first, a census, begun 2026-07-01T00:00:00.000Z',
      '  counts for                Reintegration (4.8), since 2026-07-01T00:00:00.000Z',
      '  counted for               Under 18 (4.11a), from 2026-04-01T00:00:00.000Z until 2026-07-01T00:00:00.000Z',
    ];
    expect(await ask('c1')).toEqual(lines);
    expect(await ask(SOKHA)).toEqual(lines);
    await ona.query('DELETE FROM case_indicators');
    await ona.query('DELETE FROM syncs');
    expect((await ask('c1')).slice(5)).toEqual([
      '  by sync                   first, of which ONA keeps no more',
      '  counts for                no indicator, and never did',
    ]);
  });

  test('Times are UTC wherever the command runs', async () => {
    const { TZ } = process.env;
    onTestFinished(() => {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    });
    process.env.TZ = 'Asia/Phnom_Penh';
    await fill(ona);
    expect((await ask('c1')).slice(3, 5)).toEqual([
      '  last updated in Primero   2026-05-01T08:00:00.250Z',
      '  row last written          2026-07-01T00:00:12.000Z',
    ]);
  });

  test('A rejected record: where and why', async () => {
    await reject(ona, 'case', 'age', null);
    expect(await ask(DARA)).toEqual([
      'The case is not in ONA.',
      `The record of ${DARA} in Primero could not be loaded: age MISSING ${AT}.`,
    ]);
  });

  test('Two children with one case_id: on both sides, and once the id is free', async () => {
    await fill(ona);
    await reject(ona, 'case', 'case_id_display', 'c1');
    expect((await ask('c1')).at(-1)).toBe(
      `Another child, ${DARA} in Primero, has the same case_id and is not in ONA as Primero has it ${AT}.`,
    );
    const rejected = `The record of ${DARA} in Primero could not be loaded: case_id_display ID_TAKEN`;
    expect((await ask(DARA)).at(-1)).toBe(`${rejected}; ${SOKHA} in Primero has it ${AT}.`);
    await ona.query("DELETE FROM cases WHERE case_id = 'c1'");
    expect(await ask('c1')).toEqual([
      'The case is not in ONA.',
      `${rejected}; no child has that id now, so the next census loads it ${AT}.`,
    ]);
  });

  test('A service that another child has too: on both sides', async () => {
    await fill(ona);
    await reject(ona, 'service', 'services_section[0].unique_id', 's1');
    expect((await ask('c1')).at(-1)).toBe(
      `Another child, ${DARA} in Primero, has a service with the same unique_id as one of this case; it is in ONA here alone ${AT}.`,
    );
    const rejected =
      'A service of it could not be loaded: services_section[0].unique_id ID_TAKEN; ';
    expect((await ask(DARA)).at(-1)).toBe(`${rejected}${SOKHA} in Primero has it ${AT}.`);
    await ona.query("UPDATE sync_rejects SET wanted = 's3'");
    expect((await ask(DARA)).at(-1)).toBe(`${rejected}another service of the child has it ${AT}.`);
  });

  const find = (sync: string, finding: string | null, indexed = true, confirmed = false) =>
    ona.query(
      `INSERT INTO sync_findings (sync_id, primero_id, part, finding, indexed, confirmed, found_at)
       VALUES ($1, $2, 1, $3, $4, $5, CASE WHEN $3::text IS NOT NULL THEN timestamptz '2026-10-01 00:20Z' END)`,
      [sync, DARA, finding, indexed, confirmed],
    );

  test.for([
    ['counts', false, 'it is there, and counts (its search does not have it)'],
    ['left', true, 'it is there, and counts for no indicator'],
    ['disabled', true, 'it is disabled; ONA keeps it until Primero says so a second time'],
    [
      'deleted',
      false,
      'it is deleted (its search does not have it); ONA keeps it until Primero says so a second time',
    ],
    [
      'unseen',
      true,
      'the user of the sync may not see it, or it has no state; ONA keeps it as it was',
    ],
  ] as const)(
    'What Primero said of a case that a sync asked after: %s',
    async ([finding, indexed, said]) => {
      await addSync(ona, { id: 'q3', began: '2026-10-01', state: 'under way' });
      await find('q3', finding, indexed);
      expect(await ask(DARA)).toEqual([
        'The case is not in ONA.',
        `Sync q3 asked Primero about it: ${said} (2026-10-01T00:20:00.000Z).`,
      ]);
    },
  );

  test('A case that is being asked after, one that is to be removed, and one that was', async () => {
    await addSync(ona, { id: 'q2', began: '2026-07-01', state: 'ended' });
    await addSync(ona, { id: 'q3', began: '2026-10-01', state: 'complete' });
    await addSync(ona, { id: 'q4', began: '2027-01-01', state: 'under way' });
    await find('q4', null);
    await find('q2', 'deleted', true, true);
    await find('q3', 'disabled', true, true);
    await addSync(ona, { id: 'one', kind: 'range', began: '2027-02-01', state: 'complete' });
    await find('one', 'deleted', true, true);
    const at = '(2026-10-01T00:20:00.000Z)';
    expect((await ask(DARA)).slice(1)).toEqual([
      `Sync q2 asked Primero about it: it is deleted, and said so a second time; it is removed once that sync is complete ${at}.`,
      `Sync q3 asked Primero about it: it is disabled, and said so a second time: it was removed from ONA ${at}.`,
      'Sync q4 asked Primero about it: no answer yet.',
      `Sync one asked Primero about it: it is deleted; ONA keeps it, because only a census removes children ${at}.`,
    ]);
  });

  test('A case whose time in ONA was over, and one that ONA keeps', async () => {
    await addSync(ona, { id: 'q3', began: '2026-10-01', state: 'complete' });
    await find('q3', 'left');
    const said = 'Sync q3 asked Primero about it: it is there, and counts for no indicator';
    const at = '(2026-10-01T00:20:00.000Z)';
    expect((await ask(DARA)).at(-1)).toBe(
      `${said}; its time in ONA was over, so it was removed ${at}.`,
    );
    await ona.query(
      `INSERT INTO case_indicators VALUES ('${DARA}', 'under18', '2026-01-01Z', '2026-10-01Z')`,
    );
    expect((await ask(DARA)).at(-1)).toBe(`${said} ${at}.`);
  });

  test('A row that an earlier integration left, and a case that nobody knows', async () => {
    await fill(ona);
    expect(await ask('old')).toEqual([
      'Case old is in ONA, left by an earlier integration: no sync has met it.',
      'It stays as it is, and no indicator counts it, until Primero has a case of that number.',
    ]);
    expect(await ask('nobody')).toEqual([]);
    expect(await ask("x' OR true --")).toEqual([]);
  });

  /** The command, with this ONA in its credentials. */
  const caller = async () => {
    const folder = await temporaryFolder();
    onTestFinished(folder.remove);
    const file = join(folder.path, 'credentials.json');
    const primero = { url: 'https://primero.example', user: 'u', password: 'p' };
    await writeFile(file, JSON.stringify({ primero, ona: ona.credentials }));
    const state = join(folder.path, 'state');
    return (id: string) => callCli(['why', id, '--credentials', file, '--json'], state);
  };

  test('As JSON it is one document, also where nobody knows the case', async () => {
    await fill(ona);
    const call = await caller();
    const [known, unknown] = [await call('c1'), await call('nobody')];
    expect(known.code).toBe(0);
    expect(JSON.parse(known.stdout)).toMatchObject({
      row: { caseId: 'c1', syncId: 'first', syncBeganAt: '2026-07-01T00:00:00.000Z' },
      indicators: [{ indicator: 'reintegration' }, { indicator: 'under18' }],
      rejects: [],
      findings: [],
    });
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.stdout)).toMatchObject({ error: { code: 'CASE_UNKNOWN' } });
  });

  test('A database without tables is to be migrated', async () => {
    await ona.clear();
    const { code, stderr } = await (await caller())('c1');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ONA_TABLE_MISSING: .* run `npm run -s cli -- migrate --credentials/);
  });

  test('Nothing of the person is read', async () => {
    await fill(ona);
    await reject(ona, 'service', 'services_section[0].unique_id', 's1');
    const found = JSON.stringify([
      await readWhy(ona.credentials, 'c1'),
      await readWhy(ona.credentials, DARA),
      await readWhy(ona.credentials, 'old'),
    ]);
    for (const value of ['Female', 'Male', 'the type', '10060802', 's1'])
      expect(found).not.toContain(value);
    expect(found).not.toMatch(/"age"|"sex"/);
  });
});
