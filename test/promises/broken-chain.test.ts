import { expect, onTestFinished, test } from 'vitest';
import type { Message } from '../../jobs/message/message.ts';
import type { Summary } from '../../jobs/writing/summary.ts';
import type { Primero } from '../../local/primero/index.ts';
import { createRunner } from '../../local/runner/index.ts';
import { describeOna, type TestOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { quickTimers } from '../support/quick-timers.ts';
import { closedPort } from '../support/raw-server.ts';
import { startWebServer } from '../support/web-server.ts';
import { startWith } from './world.ts';

/** Where a chain breaks: a step that does not reach its server, or a message that gets lost on its way. */
const STEPS = { 'get-cases': 'primero', 'upsert-cases': 'ona', 'request-next-batch': 'inbox' };

const DAY = 24;
const QUARTER = 100 * DAY;
type Break = { batch: number; at: keyof typeof STEPS | 'inbox' };

/** The platform as far as a chain needs it: a cron, an inbox, and the clock of ONA. */
const startPlatform = async (primero: Primero, ona: TestOna) => {
  const inbox = await startWebServer(() => ({ status: 202 }));
  onTestFinished(() => void inbox.close());
  const credentials = {
    primero: { ...primero.credential, batchBytes: 3000 },
    ona: { ...ona.credentials },
    inbox: { inboxUrl: inbox.url, apiKey: 'a-key' },
  };
  const port = await closedPort();
  const unreachable = {
    primero: { ...credentials.primero, url: `http://127.0.0.1:${port}` },
    ona: { ...credentials.ona, host: '127.0.0.1', port },
    inbox: { inboxUrl: `http://127.0.0.1:${port}`, apiKey: 'a-key' },
  };
  const { globals } = quickTimers();
  const runner = (without?: string) =>
    createRunner({
      globals,
      credentials: { ...credentials, ...(without && { [without]: unreachable[without as 'ona'] }) },
    });
  const whole = runner();

  /** Runs what is posted, until nothing is, or until the chain breaks. Gives the last batch's summary. */
  const runMessages = async (known: number, breaks?: Break): Promise<Summary | null> => {
    let last: Summary | null = null;
    for (let n = known; n < inbox.requests.length; n += 1) {
      const message = inbox.requests[n]!.body as Message;
      const breaksHere = breaks?.batch === message.batch;
      if (breaksHere && breaks.at === 'inbox') return last;
      const running = breaksHere ? runner(STEPS[breaks.at as keyof typeof STEPS]) : whole;
      const { ok, failed, state } = await running.run('get-cases', { data: message });
      if (breaksHere) {
        expect(failed).toMatchObject({
          step: breaks.at,
          code: expect.stringMatching(/_UNREACHABLE$/),
        });
        return last;
      }
      expect(failed).toBeNull();
      if (ok) last = (state!.data as { summary: Summary }).summary;
    }
    return last;
  };

  return {
    /** What the cron does: job 0, without an input, and then the chain. */
    cron: async (breaks?: Break) => {
      const known = inbox.requests.length;
      expect((await whole.run('initiate-sync', { data: {} })).ok).toBe(true);
      return runMessages(known, breaks);
    },
    cronThatPostsNothing: async () => {
      const { failed } = await runner('inbox').run('initiate-sync', { data: {} });
      expect(failed?.code).toBe('INBOX_UNREACHABLE');
    },
    /** Goes on with a chain whose last message got lost. */
    goOn: (lost: number) => runMessages(lost),
    posted: () => inbox.requests.length,
    /** @param idle since the last batch was written */
    hoursLater: async (hours: number, idle = hours) => {
      const ago = `- interval '${hours} hours'`;
      await ona.query(`UPDATE syncs SET began_at = began_at ${ago}, ended_at = ended_at ${ago}`);
      await ona.query(`UPDATE sync_batches SET written_at = written_at - interval '${idle} hours'`);
    },
  };
};

describeOna('the next cron takes up a broken chain', (ona) => {
  test('that broke at any step of any batch: the census of the next day is complete, that of the day after has nothing to do', async () => {
    const primero = await startWith(24);
    const { cron, cronThatPostsNothing, hoursLater } = await startPlatform(primero, ona);
    let changed = 0;
    /** What people do in a quarter. */
    const change = () => {
      changed += 1;
      primero.store.update(changed % 24, { changes: { sex: `changed-${changed}` } });
      primero.store.disable((changed + 7) % 24);
      primero.store.enable((changed + 3) % 24);
    };
    const whole = await cron();
    expect(whole?.state).toBe('complete');
    change();
    await hoursLater(QUARTER);
    const batches = (await cron())!.batch;
    expect(batches).toBeGreaterThan(3);

    const breaks: (Break | null)[] = [null];
    for (let batch = 1; batch <= batches; batch += 1)
      // The last batch posts nothing.
      for (const at of ['inbox', 'get-cases', 'upsert-cases', 'request-next-batch'] as const)
        if (batch < batches || at !== 'request-next-batch') breaks.push({ batch, at });
    for (const each of breaks) {
      change();
      await hoursLater(QUARTER);
      if (each) expect((await cron(each))?.state ?? null).not.toBe('complete');
      else await cronThatPostsNothing();
      await hoursLater(DAY);
      expect(await cron(), JSON.stringify(each)).toMatchObject({ did: 'wrote', state: 'complete' });
      expect(await findDifferences(primero, ona)).toEqual([]);
      await hoursLater(DAY);
      expect(await cron()).toMatchObject({
        did: 'nothing',
        reason: expect.stringMatching(/is complete already/),
      });
    }
  }, 300_000);

  test('but not one that is under way: a sync that takes longer than a day goes on, and is complete', async () => {
    const primero = await startWith(24);
    const { cron, goOn, posted, hoursLater } = await startPlatform(primero, ona);
    await cron({ batch: 3, at: 'inbox' });
    const waiting = posted() - 1;
    // Its last batch was written an hour and a half ago.
    await hoursLater(DAY + 2, 1.5);
    expect(await cron()).toMatchObject({
      did: 'nothing',
      reason: expect.stringMatching(/is under way: wait until it is over/),
    });
    await goOn(waiting);
    expect((await ona.query('SELECT state FROM syncs')).rows).toEqual([{ state: 'complete' }]);
    expect(await findDifferences(primero, ona)).toEqual([]);
    await hoursLater(DAY);
    expect(await cron()).toMatchObject({ reason: expect.stringMatching(/is complete already/) });
  });

  test('nor one that took two days: its chain ends, and the cron after that begins anew', async () => {
    const primero = await startWith(24);
    const { cron, goOn, posted, hoursLater } = await startPlatform(primero, ona);
    await cron({ batch: 3, at: 'inbox' });
    const waiting = posted() - 1;
    await hoursLater(2 * DAY, 1.5);
    expect(await goOn(waiting)).toMatchObject({
      did: 'nothing',
      reason: expect.stringMatching(/began more than 48 hours ago/),
    });
    await hoursLater(DAY);
    expect(await cron()).toMatchObject({ did: 'wrote', state: 'complete' });
    expect(await findDifferences(primero, ona)).toEqual([]);
  });
});
