import { expect, onTestFinished, test } from 'vitest';
import { inProject } from '../local/paths.ts';
import { TAINT } from '../local/primero/index.ts';
import { createRunner } from '../local/runner/index.ts';
import { firstMessage, idOf } from './jobs/message/messages.ts';
import { MAPPED } from './promises/leaks.ts';
import { heldIn, startWith } from './promises/world.ts';
import { census } from './support/census.ts';
import { describeBoth, describeOna } from './support/ona.ts';
import { quickTimers } from './support/quick-timers.ts';
import { closedPort } from './support/raw-server.ts';
import { startWebServer } from './support/web-server.ts';

const SECRET = 'the-secret-path';

/** Runs watch.json as its cron does, with a webhook that answers with these statuses, one after the other. */
const watch = async (ona: object, statuses: number[] = []) => {
  const chat = await startWebServer((n) => ({
    status: statuses[n - 1] ?? 200,
    headers: { 'content-type': 'text/plain' },
    body: 'ok',
  }));
  onTestFinished(() => void chat.close());
  const lines: string[] = [];
  // The adaptor prints the address, which the platform blots out as it does all values of credentials.
  const said: string[] = [];
  const result = await createRunner({
    workflowPath: inProject('watch.json'),
    credentials: { ona: { ...ona }, alert: { alertUrl: `${chat.url}/${SECRET}` } },
    globals: quickTimers().globals,
    log: ({ source, text }) => {
      lines.push(text);
      if (source === 'job') said.push(text);
    },
  }).run('cron', { data: { left: 'by the run before' } });
  const posted = chat.requests.map(({ body }) => body as Record<string, unknown>);
  return { ...result, posted, lines: lines.join('\n'), said: said.join('\n') };
};

describeBoth('watch', (ona) => {
  test('posts that the quarter’s census is complete, with the numbers of ONA and nothing of any child', async () => {
    const primero = await startWith(12);
    primero.store.update(3, { changes: { sex: MAPPED } });
    const { sync } = census({ primero, ona });
    await sync();
    primero.store.update(4, { changes: { sex: 'male' } });
    primero.store.disable(1);
    primero.lookups.find((each) => each.unique_id === 'lookup-gender')!.values[0]!.disabled = true;
    expect((await sync()).last.state).toBe('complete');
    const { ok, state, posted, lines } = await watch(ona.credentials);
    expect(ok).toBe(true);
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({
      outcome: 'complete',
      held: await heldIn(ona),
      counts: { under18: 11, reintegration: 4 },
      changes: { new: 0, changed: 1, removed: 1 },
      not_loaded: 0,
      lists_changed: [expect.stringMatching(/^sex\.\w+: \w+ → gone$/)],
    });
    expect(posted[0]!.text).toMatch(
      /^Primero to ONA, quarter from \d{4}-(01|04|07|10)-01: complete\. ONA holds 11 /,
    );
    // It leaves nothing to the next one.
    expect(state).toEqual({ references: [], data: {} });
    const told = JSON.stringify(posted) + lines;
    for (const secret of [MAPPED, TAINT, idOf(3), 'case-3']) expect(told).not.toContain(secret);
  });

  test('posts for whom it is not complete', async () => {
    const primero = await startWith(12);
    const { sync } = census({ primero, ona });
    await sync();
    await ona.query("UPDATE syncs SET reason = 'Complete but for 3 unseen.'");
    const { posted } = await watch(ona.credentials);
    expect(posted).toMatchObject([
      { outcome: 'complete but', text: expect.stringMatching(/: Complete but for 3 unseen\. ONA/) },
    ]);
  });

  test('posts where it stopped', async () => {
    const primero = await startWith(40);
    const { batch } = census({ primero, ona }, { batchBytes: 3000 });
    expect((await watch(ona.credentials)).posted).toMatchObject([
      { outcome: 'not complete', text: expect.stringContaining('No census began in it.') },
    ]);

    let message: object = firstMessage();
    for (let batches = 0; batches < 3; batches += 1)
      message = ((await batch(message)).state.data as { next: object[] }).next[0]!;
    const { posted } = await watch(ona.credentials);
    expect(posted).toMatchObject([
      { outcome: 'not complete', sync: { state: 'under way' }, last_batch: { part: 1, batch: 3 } },
    ]);
    expect(posted[0]!.text).toMatch(/wrote its last batch, 3 of part 1, at .* It has not ended\./);

    // That a quarter before it was complete says nothing of this one.
    await ona.query(
      "UPDATE syncs SET state = 'complete', began_at = began_at - interval '100 days'",
    );
    expect((await watch(ona.credentials)).posted).toMatchObject([
      { outcome: 'not complete', sync: null },
    ]);
  });
});

describeOna('watch', (ona) => {
  test('asks again where the webhook is busy', async () => {
    const { ok, posted } = await watch(ona.credentials, [503, 429]);
    expect(ok).toBe(true);
    expect(posted).toHaveLength(3);
  });

  test.each([
    [404, 'The webhook of the alert answered with status 404.'],
    [500, 'The webhook of the alert answered with status 500.'],
  ])(
    'fails where the webhook answers %i for good, without telling its address',
    async (status, what) => {
      const { failed, said } = await watch(ona.credentials, Array(9).fill(status));
      expect(failed).toMatchObject({ step: 'post-standing', code: 'ALERT_REFUSED' });
      expect(failed!.message).toContain(what);
      expect(failed!.message + said).not.toContain(SECRET);
    },
  );

  test('fails where ONA does not answer, and posts no number', async () => {
    const lost = { ...ona.credentials, host: '127.0.0.1', port: await closedPort() };
    const { failed, posted } = await watch(lost);
    expect(failed).toMatchObject({ step: 'look-at-census', code: 'ONA_UNREACHABLE' });
    expect(posted).toEqual([]);
  });
});
