import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Message } from '../../../jobs/message/message.ts';
import { openStore } from '../../../local/inbox/index.ts';
import type { Stand } from '../../../local/ledger/stand.ts';
import { sumUp } from '../../../local/ledger/sums.ts';
import { startPrimero } from '../../../local/primero/index.ts';
import { openChain } from '../../../local/sync/chain.ts';
import { runSync, type SyncResult } from '../../../local/sync/run-sync.ts';
import { chainRuns } from '../../support/chain-runs.ts';
import { describeOna } from '../../support/ona.ts';

// Whole syncs: slow where other tests have the processors.
vi.setConfig({ testTimeout: 180_000 });

/** Of 1,200 cases, several batches. */
const SMALL = 150_000;

const didOf = ({ sync }: SyncResult) => {
  const { all, removed, services } = sumUp(sync!.summaries);
  return { new: all.new, changed: all.changed, removed, services };
};

const NOTHING = { new: 0, changed: 0, removed: 0, services: { written: 0, removed: 0 } };

describeOna(
  'a sync',
  (ona) => {
    const runs = chainRuns(ona, { cases: 1200 });
    const { prepared } = runs;

    const store = () => openStore(join(runs.folder, 'inbox'));
    const states = async () => (await (await store()).list()).map(({ state }) => state);
    const countCases = async () =>
      (await ona.query<{ n: number }>('SELECT count(*)::integer AS n FROM cases')).rows[0]!.n;

    /** Stops a sync after its first batch that wrote something. */
    const stopAfterOne = () => {
      const controller = new AbortController();
      const onStand = ({ batches }: Stand) => batches > 0 && controller.abort();
      return runSync({ ...prepared(SMALL), signal: controller.signal, onStand });
    };

    test('runs batch after batch until the ledger is complete, and says how far it is', async () => {
      const stands: Stand[] = [];
      const result = await runSync({
        ...prepared(SMALL),
        onStand: (stand) => void stands.push(stand),
      });
      expect(result).toMatchObject({
        outcome: 'complete but',
        failed: null,
        sync: { kind: 'census', state: 'complete', reason: null },
      });
      expect(stands.length).toBeGreaterThan(3);
      expect(stands.map(({ batches }) => batches)).toEqual(stands.map((_, index) => index));
      expect(stands[0]).toEqual({ batches: 0, read: 0, of: null, asking: 0 });
      const { read, of } = stands.at(-1)!;
      expect(read).toBe(of);
      expect(stands.slice(1).every((stand) => stand.read > 0 && stand.of! >= stand.read)).toBe(
        true,
      );
      expect(didOf(result).new).toBe(await countCases());
      expect(new Set(await states())).toEqual(new Set(['done']));
    });

    test('a second one changes nothing', async () => {
      await runSync(prepared());
      expect(didOf(await runSync(prepared()))).toEqual(NOTHING);
    });

    test('stops between batches, and the next goes on from there', async () => {
      const stopped = await stopAfterOne();
      expect(stopped).toMatchObject({ outcome: 'interrupted', sync: { state: 'under way' } });
      expect(await states()).toEqual(['done', 'done', 'waiting']);

      const { outcome, sync } = await runSync(prepared());
      expect(outcome).toBe('complete but');
      expect(sync!.syncId).toBe(stopped.sync!.syncId);
      expect(new Set(await states())).toEqual(new Set(['done']));
    });

    test('one that takes over begins anew, and leaves the messages of the other', async () => {
      const stopped = await stopAfterOne();
      const run = prepared();
      const { outcome, sync } = await runSync({ ...run, input: { ...run.input, takeOver: true } });
      expect(outcome).toBe('complete but');
      expect(sync!.syncId).not.toBe(stopped.sync!.syncId);
      expect((await states()).filter((state) => state === 'failed')).toHaveLength(1);
    });

    test('changes only are brought over after what was left waiting, and are a sync of their own', async () => {
      const stopped = await stopAfterOne();
      const changedSince = '2020-01-01T00:00:00Z';
      const { sync } = await runSync({ ...prepared(), input: { changedSince } });
      expect(sync).toMatchObject({ kind: 'changes', state: 'complete', changedSince });
      expect(sync!.syncId).not.toBe(stopped.sync!.syncId);
    });

    test('the messages that follow its last batch take up a sync that stopped', async () => {
      const { sync: stopped } = await stopAfterOne();
      const elsewhere = { ...prepared(), paths: { inbox: join(runs.folder, 'another') } };
      const { outcome, sync } = await runSync({ ...elsewhere, messages: stopped!.pending });
      expect(outcome).toBe('complete but');
      expect(sync).toMatchObject({ syncId: stopped!.syncId, pending: [] });
      expect(sync!.heldAfter).toBe(await countCases());
    });

    test('several parts run side by side, and are one sync', async () => {
      // Nobody gets a page until each of three parts has asked for one: one after the other would wait for ever.
      let asking = 0;
      let open = () => {};
      const all = new Promise<void>((resolve) => {
        open = resolve;
      });
      const stop = runs.primero.onRequest(async (moment, { query }) => {
        if (moment !== 'before' || query.per === '1') return;
        asking += 1;
        if (asking === 3) open();
        await all;
      });
      const run = prepared(SMALL);
      const { outcome, sync } = await runSync({ ...run, input: { ...run.input, parts: 3 } });
      stop();
      expect(outcome).toBe('complete but');
      expect(sync!.parts).toBe(3);
      expect(new Set(sync!.summaries.map(({ part }) => part))).toEqual(new Set([1, 2, 3]));
      expect(sync!.heldAfter).toBe(await countCases());
    });

    test('a dry run reads and compares, writes nothing, and leaves no message', async () => {
      const run = { ...prepared(SMALL), input: { dryRun: true as const } };
      const { outcome, sync } = await runSync(run);
      expect(outcome).toBe('dry run');
      const { all, batches } = sumUp(sync!.summaries);
      expect(all.new).toBeGreaterThan(900);
      expect(batches).toBeGreaterThan(1);
      expect(await countCases()).toBe(0);
      expect((await ona.query('SELECT FROM syncs')).rowCount).toBe(0);
      expect(await states()).toEqual([]);
    });

    test('a dry run says whom a sync would remove', async () => {
      await runSync(prepared());
      runs.primero.store.disable(7);
      const { sync } = await runSync({ ...prepared(), input: { dryRun: true } });
      runs.primero.store.enable(7);
      expect(sync!.findings).toMatchObject({ disabled: 1, deleted: 0, unseen: 0 });
    });

    test('another sync that is under way is left alone, and named', async () => {
      const { sync } = await stopAfterOne();
      const elsewhere = { ...prepared(), paths: { inbox: join(runs.folder, 'another') } };
      const { outcome, failed } = await runSync(elsewhere);
      expect(outcome).toBe('failed');
      expect(failed!.message).toMatch(
        `NOTHING_DONE: Sync ${sync!.syncId} is under way: wait until it is over, or take over (--take-over)`,
      );
    });

    test('a batch that fails ends it, with code and step, and the message keeps the reason', async () => {
      const { url, close } = await startPrimero({ cases: 50, hiddenFields: ['age'] });
      const run = prepared();
      run.credentials.primero.url = url;
      const result = await runSync(run);
      await close();
      expect(result).toMatchObject({
        outcome: 'failed',
        failed: { step: 'get-cases', code: 'PRIMERO_FILTER_DROPPED' },
        sync: { state: 'under way' },
      });
      expect(await countCases()).toBe(0);
      expect(await states()).toEqual(['done', 'failed']);
    });

    test('a message that is run again changes nothing', async () => {
      const { sync } = await runSync(prepared(SMALL));
      const inbox = await store();
      const message = (await inbox.read((await inbox.list())[1]!.id)) as Message;
      const again = await runSync({ ...prepared(), messages: [message] });
      expect(again).toMatchObject({ outcome: 'complete but', failed: null });
      expect(again.sync).toEqual({ ...sync, idleSeconds: again.sync!.idleSeconds });
    });

    describe('with an inbox elsewhere', () => {
      const elsewhere = (storeOnly: boolean) =>
        openChain({
          ...prepared(SMALL),
          paths: { inbox: join(runs.folder, 'elsewhere') },
          storeOnly,
        });
      const watching = (credential: Awaited<ReturnType<typeof elsewhere>>['credential']) => {
        const run = prepared();
        run.credentials.inbox = credential;
        return { ...run, watchEveryMs: 20 };
      };

      test('begins the sync, watches the ledger, and tells the same of it', async () => {
        const platform = await elsewhere(false);
        const result = await runSync(watching(platform.credential));
        await platform.close();
        expect(result).toMatchObject({ outcome: 'complete but', isWatched: true });
        expect(result.sync!.heldAfter).toBe(await countCases());
        expect(didOf(result).new).toBe(await countCases());
      });

      test('can be stopped, which stops the watching alone', async () => {
        const platform = await elsewhere(true);
        const controller = new AbortController();
        const watched = runSync({ ...watching(platform.credential), signal: controller.signal });
        while ((await platform.waiting()) === 0)
          await new Promise((resolve) => setTimeout(resolve, 5));
        controller.abort();
        expect(await watched).toMatchObject({ outcome: 'interrupted', isWatched: true });
        expect(await platform.waiting()).toBe(1);
        await platform.close();
      });

      test('takes over where it is told to', async () => {
        const stopped = await stopAfterOne();
        const platform = await elsewhere(false);
        const run = watching(platform.credential);
        const { outcome, sync } = await runSync({
          ...run,
          input: { ...run.input, takeOver: true },
        });
        await platform.close();
        expect(outcome).toBe('complete but');
        expect(sync!.syncId).not.toBe(stopped.sync!.syncId);
      });

      test('changes only never take the place of a census, even of one that stands still', async () => {
        await stopAfterOne();
        await ona.query("UPDATE sync_batches SET written_at = now() - interval '3 hours'");
        const platform = await elsewhere(true);
        const input = { changedSince: '2020-01-01T00:00:00Z' };
        const { failed } = await runSync({ ...watching(platform.credential), input });
        expect(failed!.message).toMatch(
          /^NOTHING_DONE: Sync \S+ is under way: wait until it is over$/,
        );
        expect(await platform.waiting()).toBe(0);
        await platform.close();
      });

      test('a sync that another one keeps out is not even posted', async () => {
        await stopAfterOne();
        const platform = await elsewhere(true);
        const { failed } = await runSync(watching(platform.credential));
        expect(failed!.message).toMatch(/^NOTHING_DONE: Sync \S+ is under way/);
        expect(await platform.waiting()).toBe(0);
        await platform.close();
      });
    });
  },
  { only: 'PGlite' },
);
