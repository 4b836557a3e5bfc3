import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Message } from '../../../jobs/lib/message.ts';
import { firstMessage } from '../../../jobs/lib/start.ts';
import { openStore } from '../../../local/inbox/index.ts';
import { startPrimero } from '../../../local/primero/index.ts';
import { LOCAL_BATCH_BYTES } from '../../../local/sync/batch-bytes.ts';
import { openChain } from '../../../local/sync/chain.ts';
import { runChain } from '../../../local/sync/run-chain.ts';
import { chainRuns } from '../../support/chain-runs.ts';
import { describeOna } from '../../support/ona.ts';

/** Of 2,400 cases, several. */
const smallBatches = () => firstMessage({ batchBytes: 300_000 }, Date.now(), Math.random);

describeOna(
  'a whole sync',
  (ona) => {
    const runs = chainRuns(ona, { cases: 2400 });
    const { prepared } = runs;

    const states = async () => {
      const entries = await (await openStore(join(runs.folder, 'inbox'))).list();
      return entries.map(({ state }) => state);
    };

    test('runs batch after batch until the ledger is complete', async () => {
      const seen: number[] = [];
      const run = {
        ...prepared(),
        message: smallBatches(),
        onBatch: ({ batches }: { batches: number }) => seen.push(batches),
      };
      const report = await runChain(run);
      expect(report).toMatchObject({
        outcome: 'rejects',
        failed: null,
        status: { complete: true },
      });
      expect(seen.length).toBeGreaterThan(1);
      expect(seen).toEqual(seen.map((_, index) => index + 1));
      expect(report.totals!.batches).toBe(seen.length);
      expect(report.totals!.inserted).toBe(report.status?.tables.cases);
      expect(new Set(await states())).toEqual(new Set(['done']));
    });

    test('has larger batches than the platform would, to the last', async () => {
      await runChain(prepared());
      const store = await openStore(join(runs.folder, 'inbox'));
      const messages = await Promise.all((await store.list()).map(({ id }) => store.read(id)));
      const sizes = messages.map((message) => (message as Message).batchBytes);
      expect(new Set(sizes)).toEqual(new Set([LOCAL_BATCH_BYTES]));
    });

    test('a second one moves nothing', async () => {
      await runChain(prepared());
      const { outcome, totals } = await runChain(prepared());
      expect(outcome).toBe('rejects');
      expect(totals).toMatchObject({ inserted: 0, updated: 0, removed: 0, fetched: 0 });
    });

    test('job 0 begins where its own last run ended, as on the platform', async () => {
      const report = await runChain(prepared());
      const cursor = await readFile(join(runs.folder, 'cursor.json'), 'utf8');
      expect(JSON.parse(cursor).data.cursor).toBe(report.status?.lastSync?.windowTo);
      const store = await openStore(join(runs.folder, 'inbox'));
      await runChain(prepared());
      const last = (await store.list()).at(-1);
      const { window } = (await store.read(last!.id)) as { window: { from: string } };
      expect(window.from).toBe(report.status?.lastSync?.windowTo);
    });

    test('stops between batches, and the next goes on from there', async () => {
      const controller = new AbortController();
      const stopped = await runChain({
        ...prepared(),
        message: smallBatches(),
        signal: controller.signal,
        onBatch: () => controller.abort(),
      });
      expect(stopped).toMatchObject({ outcome: 'interrupted', totals: { batches: 1 } });
      expect(stopped.status?.complete).toBe(false);
      expect(await states()).toEqual(['done', 'waiting']);

      const { outcome, totals, status } = await runChain(prepared());
      expect(outcome).toBe('rejects');
      expect(totals!.inserted + stopped.totals!.inserted).toBe(status?.tables.cases);
      expect(new Set(await states())).toEqual(new Set(['done']));
    });

    test('finishes the messages that an earlier inbox left waiting', async () => {
      const chain = await openChain({ ...prepared(), storeOnly: true });
      await chain.sync();
      await chain.close();
      expect(await states()).toEqual(['waiting']);

      const { totals } = await runChain(prepared());
      expect((await states())[0]).toBe('done');
      expect(totals!.inserted).toBeGreaterThan(2000);
    });

    test('a batch that fails ends it, with code and step, and the message keeps the reason', async () => {
      const { url, close } = await startPrimero({ cases: 50, hiddenFields: ['age'] });
      const run = prepared();
      run.credentials.primero.url = url;
      const report = await runChain(run);
      await close();
      expect(report).toMatchObject({
        outcome: 'failed',
        failed: { step: 'get-cases', code: 'PRIMERO_FILTER_DROPPED' },
        status: { complete: false, tables: { cases: 0 } },
      });
      expect(await states()).toEqual(['failed']);
    });

    test('a message that is replayed changes nothing, and the chain ends complete', async () => {
      await runChain(prepared());
      const store = await openStore(join(runs.folder, 'inbox'));
      const message = await store.read((await store.list())[0]!.id);
      const { outcome, totals } = await runChain({ ...prepared(), message });
      expect(outcome).toBe('rejects');
      expect(totals).toMatchObject({ inserted: 0, updated: 0, removed: 0 });
    });

    test('with an inbox elsewhere it starts the sync and watches the ledger', async () => {
      const run = prepared();
      const elsewhere = {
        inbox: join(runs.folder, 'elsewhere'),
        cursor: join(runs.folder, 'c.json'),
      };
      const platform = await openChain({ ...prepared(), paths: elsewhere });
      run.credentials.inbox = platform.credential;
      const seen: (boolean | undefined)[] = [];
      const report = await runChain({
        ...run,
        watchEveryMs: 50,
        onWatch: ({ status }) => seen.push(status.lastSync?.complete),
      });
      await platform.close();
      expect(report).toMatchObject({ outcome: 'rejects', totals: null });
      expect(seen[0]).not.toBe(true);
      expect(seen.at(-1)).toBe(true);
    });

    test('with an inbox elsewhere it can be stopped, which stops the watching alone', async () => {
      const elsewhere = { inbox: join(runs.folder, 'elsewhere'), cursor: '' };
      const platform = await openChain({ ...prepared(), paths: elsewhere, storeOnly: true });
      const controller = new AbortController();
      const { credentials, ...run } = prepared();
      const report = await runChain({
        ...run,
        credentials: { ...credentials, inbox: platform.credential },
        signal: controller.signal,
        onWatch: () => controller.abort(),
      });
      expect(report).toMatchObject({ outcome: 'interrupted', totals: null });
      expect(await platform.waiting()).toBe(1);
      await platform.close();
    });
  },
  { only: 'PGlite' },
);
