import { expect, test } from 'vitest';
import { SAFETY_LAG_SECONDS } from '../../../jobs/lib/settings.ts';
import { planSlices, slicesFirst } from '../../../local/slices/slices-first.ts';
import { LOCAL_BATCH_BYTES } from '../../../local/sync/batch-bytes.ts';
import { runChain } from '../../../local/sync/run-chain.ts';
import { chainRuns } from '../../support/chain-runs.ts';
import { describeOna } from '../../support/ona.ts';

describeOna('what is missing is divided', (ona) => {
  const { prepared } = chainRuns(ona, { cases: 600, seed: 9 });

  test('from where the ledger has its first gap, whatever was brought over after it', async () => {
    const { credentials } = prepared();
    const whole = await planSlices(credentials, 2);
    expect(whole.map(({ window }) => window.from)[0]).toBe('1970-01-01T00:00:00Z');
    await ona.query(
      `INSERT INTO sync_batches (sync_id, batch, mode, window_to, fetched_at, indicator, covered,
                                 fetched, inserted, updated, unchanged, removed, rejected)
       SELECT 'earlier', 1, 'sync', now(), now(), i, r, 0, 0, 0, 0, 0, 0
       FROM (VALUES ('reintegration'), ('under18')) v (i),
            (VALUES (tstzrange('1970-01-01', $1)), (tstzrange($2, $3))) w (r)`,
      [whole[1]!.window.from, whole[1]!.window.to, '2100-01-01'],
    );
    const rest = await planSlices(credentials, 2);
    expect(rest[0]!.window.from).toBe(whole[1]!.window.from);
  });

  test('unless nothing is, or so little that nobody asked for it', async () => {
    const { credentials } = prepared();
    expect(await planSlices(credentials)).toEqual([]);
    expect(await planSlices(credentials, 1)).toEqual([]);
    expect((await runChain(prepared())).failed).toBeNull();
    await ona.query("UPDATE sync_batches SET covered = tstzrange(lower(covered), '2100-01-01')");
    expect(await planSlices(credentials, 4)).toEqual([]);
  });

  test('or it holds no case to divide it at: one part is no division', async () => {
    const { credentials } = prepared();
    const before = new Date(Date.now() - (SAFETY_LAG_SECONDS + 5) * 1000);
    await ona.query(
      `INSERT INTO sync_batches (sync_id, batch, mode, window_to, fetched_at, indicator, covered,
                                 fetched, inserted, updated, unchanged, removed, rejected)
       SELECT 'earlier', 1, 'sync', now(), now(), i, tstzrange('1970-01-01', $1), 0, 0, 0, 0, 0, 0
       FROM (VALUES ('reintegration'), ('under18')) v (i)`,
      [before],
    );
    expect(await planSlices(credentials, 4)).toEqual([]);
  });

  test('into batches that are larger than those of an inbox elsewhere', async () => {
    const { credentials } = prepared();
    const inbox = { inboxUrl: 'http://127.0.0.1:9/i/1', apiKey: 'none' };
    const sizes = async (given: Parameters<typeof planSlices>[0]) =>
      (await planSlices(given, 2)).map(({ batchBytes }) => batchBytes);
    expect(await sizes(credentials)).toEqual([LOCAL_BATCH_BYTES, LOCAL_BATCH_BYTES]);
    expect(await sizes({ ...credentials, inbox })).toEqual([undefined, undefined]);
  });

  test('and nothing of it is said or done after Ctrl-C', async () => {
    const said: string[] = [];
    const run = { ...prepared(), signal: AbortSignal.abort() };
    await expect(slicesFirst(run, 2, (text) => said.push(text))).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(said).toEqual([]);
  });

  test('and where it is not, nothing is said and nothing is brought over', async () => {
    const said: string[] = [];
    const { totals } = await slicesFirst(prepared(), undefined, (text) => said.push(text));
    expect(said).toEqual([]);
    expect(totals.batches).toBe(0);
  });
});
