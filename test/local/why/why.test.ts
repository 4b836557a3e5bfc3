import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readWhy } from '../../../local/why/read-why.ts';
import { sayWhy } from '../../../local/why/say-why.ts';
import { describeOna } from '../../support/ona.ts';
import { callCli, temporaryFolder } from '../cli/run-cli.ts';

const SOKHA = '00000000-0000-4000-8000-000000000001';
const DARA = '00000000-0000-4000-8000-000000000002';

const line = (syncId: string, batch: number, indicator: string, day: string) =>
  `('${syncId}', ${batch}, '${indicator}', 'sync', '2026-06-30Z', '[${day} 00:00Z,${day} 23:59Z)',
    1, 1, 0, 0, 0, 0, '2026-07-01 00:00:10Z', '2026-07-01 00:00:12Z')`;

describeOna('why', (ona) => {
  const fill = async () => {
    await ona.query(`
      INSERT INTO cases (case_id, sex, age, type_of_case, location_code, last_updated_date,
                         primero_id, primero_updated_at, in_reintegration, in_under18, sync_id)
      VALUES ('c1', 'Female', 9, 'the type', '10060802', '2026-07-01 00:00:12',
              '${SOKHA}', '2026-05-01 08:00:00.250Z', true, false, 'first'),
             ('old', 'Male', 11, 'the type', '1', '2024-01-01', NULL, NULL, NULL, NULL, NULL)`);
    await ona.query("INSERT INTO services (unique_id, case_id) VALUES ('s1', 'c1'), ('s2', 'c1')");
    await ona.query(`
      INSERT INTO sync_batches (sync_id, batch, indicator, mode, window_to, covered, fetched, inserted,
                                updated, unchanged, removed, rejected, fetched_at, written_at)
      VALUES ${line('first', 2, 'reintegration', '2026-05-01')},
             ${line('first', 3, 'reintegration', '2026-05-02')},
             ${line('first', 2, 'under18', '2026-05-01')},
             ${line('later', 1, 'reintegration', '2026-05-01')}`);
    await ona.query(`
      INSERT INTO sync_rejects (primero_id, scope, field, reason, held_by, in_reintegration, in_under18,
                                primero_updated_at, sync_id, batch, written_at)
      VALUES ('${DARA}', 'case', 'case_id_display', 'CASE_ID_TAKEN', '${SOKHA}', true, false,
              '2026-05-03Z', 'first', 3, '2026-07-01 00:00:14Z')`);
  };
  const ask = async (id: string) => sayWhy(await readWhy(ona.credentials, id));

  test('A case: when it was fetched, by which sync and batch, under which indicator', async () => {
    await fill();
    expect(await ask('c1')).toEqual([
      'Case c1 is in ONA, with 2 services. It counts for reintegration (4.8).',
      `  id in Primero             ${SOKHA}`,
      '  last updated in Primero   2026-05-01T08:00:00.250Z',
      '  row last written          2026-07-01T00:00:12.000Z, by sync first',
      '  brought by                batch 2 of sync first, as reintegration (4.8): fetched 2026-07-01T00:00:10.000Z, written 2026-07-01T00:00:12.000Z',
      '  met again, left as it was batch 1 of sync later, as reintegration (4.8): fetched 2026-07-01T00:00:10.000Z, written 2026-07-01T00:00:12.000Z',
      `Another child, ${DARA} in Primero, has the same case_id and is not in ONA (2026-07-01T00:00:14.000Z, batch 3 of sync first).`,
    ]);
    expect(await ask(SOKHA)).toEqual(await ask('c1'));
  });

  test('A rejected record: where and why', async () => {
    await fill();
    expect(await ask(DARA)).toEqual([
      'The case is not in ONA.',
      `Its newest record could not be loaded: case_id_display CASE_ID_TAKEN; ${SOKHA} in Primero has it (2026-07-01T00:00:14.000Z, batch 3 of sync first).`,
    ]);
  });

  test('A service that another child has too: on both sides', async () => {
    await fill();
    await ona.query(`
      UPDATE sync_rejects SET scope = 'service', field = 'services_section[0].unique_id', reason = 'SERVICE_ID_TAKEN'`);
    expect((await ask('c1')).at(-1)).toBe(
      `Another child, ${DARA} in Primero, has a service with the same unique_id as one of this case; it is in ONA here alone (2026-07-01T00:00:14.000Z, batch 3 of sync first).`,
    );
    expect((await ask(DARA)).at(-1)).toBe(
      `A service of it could not be loaded: services_section[0].unique_id SERVICE_ID_TAKEN; ${SOKHA} in Primero has it (2026-07-01T00:00:14.000Z, batch 3 of sync first).`,
    );
  });

  test('A case that was taken out', async () => {
    await ona.query(
      `INSERT INTO sync_surplus VALUES ('${DARA}', 'under18', 'later', 9, '2026-07-02 00:00:00Z')`,
    );
    expect(await ask(DARA)).toEqual([
      'The case is not in ONA.',
      'It was taken out of under 18 (4.11a), as Primero no longer had it there (2026-07-02T00:00:00.000Z, batch 9 of sync later).',
    ]);
  });

  test('A row that an earlier integration left, and a case that nobody knows', async () => {
    await fill();
    expect((await ask('old'))[0]).toBe(
      'Case old is in ONA, left by an earlier integration: no sync has met it.',
    );
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
    await fill();
    const call = await caller();
    const [known, unknown] = [await call('c1'), await call('nobody')];
    expect(known.code).toBe(0);
    expect(JSON.parse(known.stdout)).toMatchObject({ row: { caseId: 'c1' } });
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
    await fill();
    const found = JSON.stringify([
      await readWhy(ona.credentials, 'c1'),
      await readWhy(ona.credentials, 'old'),
    ]);
    for (const value of ['Female', 'Male', 'the type', '10060802', 's1'])
      expect(found).not.toContain(value);
    expect(found).not.toMatch(/"age"|"sex"/);
  });
});
