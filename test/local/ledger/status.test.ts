import { expect, test } from 'vitest';
import type { Message } from '../../../jobs/message/message.ts';
import type { Summary } from '../../../jobs/writing/summary.ts';
import { isFresh } from '../../../local/cli/commands/status.ts';
import { statusText } from '../../../local/cli/status-text.ts';
import { readStatus } from '../../../local/ledger/read-status.ts';
import { migrate } from '../../../local/ona/migrate.ts';
import { describeBoth, type TestOna } from '../../support/ona.ts';
import { batch, PENDING } from '../cli/sample-sync.ts';

/** Notes a sync that began so many hours ago, by ONA's clock. */
const addSync = (
  ona: TestOna,
  id: string,
  {
    kind = 'census',
    state = 'complete',
    hours = 0,
    reason = null as string | null,
    parts = 1,
  } = {},
) =>
  ona.query(
    `INSERT INTO syncs (sync_id, kind, state, reason, parts, began_at, held_before, held_after, first_totals)
     VALUES ($1, $2, $3, $4, $5, now() - $6 * interval '1 hour', 0, 0, '{}')`,
    [id, kind, state, reason, parts, hours],
  );

const addBatch = (
  ona: TestOna,
  id: string,
  number: number,
  { next = [] as Partial<Message>[], summary = batch(10) as Summary, hours = 0, part = 1 } = {},
) =>
  ona.query(
    `INSERT INTO sync_batches (sync_id, part, batch, next, summary, written_at)
     VALUES ($1, $2, $3, $4, $5, now() - $6 * interval '1 hour')`,
    [
      ...[
        id,
        part,
        number,
        JSON.stringify(next.map((each) => ({ ...PENDING, syncId: id, ...each }))),
      ],
      ...[JSON.stringify({ ...summary, part, batch: number }), hours],
    ],
  );

describeBoth('the status', (ona) => {
  const text = async (isAlone = false, file?: string) =>
    statusText(await readStatus(ona.credentials), { isAlone, file });

  test('before the first sync says how to begin', async () => {
    expect(await text()).toBe(
      'No sync has run yet.\nStart a new sync: npm run -s cli -- sync --sandbox\n',
    );
    expect(isFresh(await readStatus(ona.credentials))).toBe(false);
  });

  test('says which window comes next, how far the sync is, and since when it is under way', async () => {
    await addSync(ona, 's-1', { state: 'under way' });
    const began = batch(0, { did: 'began', remaining: null });
    await addBatch(ona, 's-1', 1, { next: [{ batch: 2 }], summary: began });
    await addBatch(ona, 's-1', 2, {
      next: [{ batch: 3 }],
      summary: batch(700, { remaining: 300 }),
    });
    const lines = (await text()).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'Not complete: ONA has no complete census yet.',
      expect.stringMatching(/^Under way: Sync s-1 \(a census\) since 20\d\d-/),
      'It read 700 of 1,000 children, 1 batch.',
      'Next batch reads children created from 2023-05-06T07:08:09Z on.',
    ]);
    expect(lines.join('\n')).not.toMatch(/replay/);
  });

  test('tells of each part where it goes on', async () => {
    await addSync(ona, 's-1', { state: 'under way', parts: 2 });
    const first = [
      { batch: 2, part: 1 },
      { batch: 2, part: 2, from: '2025-01-01T00:00:00Z' },
    ];
    await addBatch(ona, 's-1', 1, { next: first, summary: batch(0, { did: 'began' }) });
    await addBatch(ona, 's-1', 2, { next: [{ from: null, ask: ['a', 'b'] }] });
    const said = await text();
    expect(said).toMatch(/\nPart 1: next batch asks about 2 children\.\n/);
    expect(said).toMatch(
      /\nPart 2: next batch reads children created from 2025-01-01T00:00:00Z on\.\n/,
    );
    expect(said).toMatch(/\nIt read 10 children, 1 batch, asking about 2 children\.\n/);
  });

  test('a sync that wrote nothing for ten minutes has stopped, and can be taken up', async () => {
    await addSync(ona, 's-1', { state: 'under way', hours: 1 });
    await addBatch(ona, 's-1', 2, { next: [{}], hours: 0.1 });
    expect(await text()).toMatch(/^Under way: /m);
    await ona.query("UPDATE sync_batches SET written_at = now() - interval '11 minutes'");
    const said = await text(false, 'real.json');
    expect(said).toMatch(
      /^Stopped: Sync s-1 \(a census\), which began .*, wrote its last batch at /m,
    );
    expect(said).toContain(
      'Continue after its last batch: npm run -s cli -- replay s-1 --credentials real.json\nOr start a new sync: npm run -s cli -- sync --credentials real.json --take-over\n',
    );
  });

  test('where nobody can be running it, a sync has stopped at once', async () => {
    await addSync(ona, 's-1', { state: 'under way' });
    await addBatch(ona, 's-1', 2, { next: [{}] });
    expect(await text(true)).toMatch(/^Stopped: Sync s-1/m);
  });

  test('a sync that ended without being complete says why', async () => {
    await addSync(ona, 's-0', { hours: 24 });
    await addSync(ona, 's-1', { state: 'ended', reason: 'At least 90 of 100 children would go.' });
    const said = await text();
    expect(said).toMatch(/^Complete as of \S+, 1 day ago, when the last complete census began\.\n/);
    expect(said).toMatch(
      /\nSync s-1 \(a census\) began \S+ and is not complete: At least 90 of 100/,
    );
    expect(isFresh(await readStatus(ona.credentials))).toBe(true);
  });

  test('complete says since when, but for whom, and what changed since', async () => {
    await addSync(ona, 's-0', { hours: 100 * 24 + 1, reason: 'Complete but for 3 unseen.' });
    await addSync(ona, 's-1', {
      kind: 'changes',
      hours: 5,
      reason: 'Changes since T brought over.',
    });
    const said = await text();
    expect(said).toMatch(/^Complete as of \S+, 100 days ago, .*\nComplete but for 3 unseen\.\n/);
    expect(said).toMatch(/\nLater changes were brought over by sync s-1, which began 20/);
    expect(said).not.toMatch(/Sync s-1 \(/);
  });

  test('is fresh as long as the last complete census is not older than is allowed', async () => {
    await addSync(ona, 's-0', { hours: 10 * 24 - 1 });
    await addSync(ona, 's-1', { kind: 'changes' });
    const status = await readStatus(ona.credentials);
    expect(isFresh(status)).toBe(true);
    expect(isFresh(status, 10)).toBe(true);
    expect(isFresh(status, 9)).toBe(false);
  });

  test('counts what ONA holds, and what is not loaded', async () => {
    await ona.query("INSERT INTO cases (case_id) VALUES ('a'), ('b')");
    const reject = (id: number, scope: string, field: string) =>
      ona.query(
        `INSERT INTO sync_rejects (primero_id, scope, field, reason, indicators, sync_id)
         VALUES ($1, $2, $3, 'MISSING', '{}', 's-0')`,
        [`00000000-0000-4000-8000-00000000000${id}`, scope, field],
      );
    await reject(1, 'case', 'age');
    await reject(1, 'case', 'sex');
    await reject(2, 'service', 'services_section[0].unique_id');
    await addSync(ona, 's-0');
    expect(await readStatus(ona.credentials)).toMatchObject({
      held: { cases: 2, services: 0 },
      rejected: { cases: 1, services: 1 },
    });
    expect(await text()).toMatch(
      /ONA holds 2 children and 0 services now; not loaded: 1 record, 1 service\.\nOf these, 2 rows of cases and 0 rows of services were left by an earlier integration and match no record of Primero\. `rejects --orphans` lists them\.\n$/,
    );
  });

  test('says which table is missing, and how to add it', async () => {
    await ona.query('DROP TABLE sync_windows CASCADE');
    await expect(readStatus(ona.credentials, 'real.json')).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(
        /^ONA_TABLE_MISSING: ONA at \S+ has no table sync_windows: run `npm run -s cli -- migrate --credentials real.json`$/,
      ),
    });
  });

  test.each([
    ['sync_batches', 'summary'],
    ['sync_batches', 'next'],
    ['syncs', 'held_before'],
    ['syncs', 'kind'],
    ['syncs', 'began_at'],
  ])(
    'where %s lost %s, and migrate has added it again, says what is left',
    async (table, column) => {
      await addSync(ona, 's-1', { state: 'under way' });
      await addBatch(ona, 's-1', 2);
      await ona.query(`ALTER TABLE ${table} DROP COLUMN ${column} CASCADE`);
      await migrate(ona.credentials);
      expect(await text()).toMatch(/^Not complete: ONA has no complete census yet\./);
    },
  );
});
