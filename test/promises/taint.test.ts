import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Message } from '../../jobs/message/message.ts';
import { type Fault, type Primero, startPrimero, TAINT } from '../../local/primero/index.ts';
import { createRunner, type RunResult, type State } from '../../local/runner/index.ts';
import { firstMessage } from '../jobs/message/messages.ts';
import { builtStep, workflowWith } from '../local/runner/workflow-folder.ts';
import { describeOna } from '../support/ona.ts';
import { quickTimers } from '../support/quick-timers.ts';
import { startWebServer } from '../support/web-server.ts';
import { type Found, findLeaks, MAPPED, SECRETS } from './leaks.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { readAll } from './whole-database.ts';

/** Where content of the mapping belongs: ONA's two tables, and the batch on its way to them. */
const mayHoldContent = (where: string) =>
  ['table cases', 'table services', 'table figure_rows', 'table figure_changes', 'batch'].includes(
    where,
  );

type StepName = 'initiate-sync' | 'get-cases' | 'upsert-cases' | 'request-next-batch';

/** Cases with values that say whose they are. */
const MAPPED_CASES = [3, 4, 5, 6, 7];

describeOna('no trace', (ona) => {
  let primero: Primero;
  let proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
  let inbox: Awaited<ReturnType<typeof startWebServer>>;
  let found: Found[];
  beforeEach(async () => {
    primero = await startPrimero({ cases: 200, password: SECRETS.primero });
    for (const index of MAPPED_CASES) {
      const changes = { sex: `${MAPPED}-sex`, location_current: `${MAPPED}-place`, age: 9 };
      primero.store.update(index, { changes });
      primero.store.enable(index);
    }
    proxy = await startRecordingProxy(primero.url);
    inbox = await startWebServer(() => ({ status: 202 }));
    found = [];
    onTestFinished(async () => {
      await Promise.all([proxy.close(), inbox.close()]);
      await primero.close();
    });
  });

  const find = (where: string, text: unknown) =>
    found.push({ where, text: typeof text === 'string' ? text : JSON.stringify(text) });

  /** Runs each step by itself, at debug level, and keeps each state that is handed on or left by a failure. */
  const steps = (change: (step: StepName, code: string) => string = (_, code) => code) => {
    const credentials = {
      primero: { url: proxy.url, user: 'sync', password: SECRETS.primero, basicAuth: true },
      ona: { ...ona.credentials, ...(ona.kind === 'PGlite' && { password: SECRETS.ona }) },
      inbox: { inboxUrl: inbox.url, apiKey: SECRETS.inbox },
    };
    const run = async (step: StepName, state: State): Promise<RunResult> => {
      const built = await builtStep(step);
      const code = change(step, built.code);
      const workflowPath = await workflowWith({ [step]: { ...built, code } });
      const log = (line: object) => find('log', line);
      const { globals } = quickTimers();
      const given = structuredClone(state);
      const result = await createRunner({ credentials, log, globals, workflowPath }).run(
        step,
        given,
      );
      const { state: left, ...rest } = result;
      const { errors, ...kept } = left ?? {};
      find('result', { ...rest, errors });
      // A step that failed leaves what it was given; upsert-cases must have emptied it.
      const isBatch = step === 'get-cases' ? result.ok : false;
      find(isBatch ? 'batch' : 'state', kept);
      return result;
    };
    return run;
  };

  /** A whole sync, step by step. */
  const sync = async (
    run = steps(),
    input: object = { takeOver: true },
  ): Promise<string | null> => {
    const known = inbox.requests.length;
    await run('initiate-sync', { data: input });
    for (let n = known; n < inbox.requests.length && n < known + 12; n += 1) {
      const got = await run('get-cases', { data: inbox.requests[n]!.body });
      if (!got.ok) return got.failed!.code;
      const written = await run('upsert-cases', got.state!);
      if (!written.ok) return written.failed!.code;
      await run('request-next-batch', written.state!);
    }
    return null;
  };

  /** Adds what lies outside of the process, and says what leaked. */
  const leaks = async () => {
    for (const request of proxy.requests) find('request to Primero', request);
    for (const { headers, body } of inbox.requests) {
      const { 'x-api-key': _, ...others } = headers;
      find('request to the inbox', { others, body });
    }
    for (const [name, rows] of Object.entries(await readAll(ona)))
      find(`table ${name}`, rows.join('\n'));
    return findLeaks(found, mayHoldContent);
  };

  test('whole syncs leave nothing of a child outside of the mapping, and no credential, in any place', async () => {
    expect(await sync()).toBeNull();
    primero.store.quarter({ seed: 1, from: Date.now() - 1000, to: Date.now(), share: 0.05 });
    for (const index of MAPPED_CASES) primero.store.update(index, { changes: { age: 2 } });
    await sync();
    expect(await leaks()).toEqual([]);
    // What was searched did hold something: content, logs, requests and messages.
    const places = new Set(found.map(({ where }) => where));
    for (const where of ['log', 'batch', 'state', 'request to Primero', 'request to the inbox'])
      expect(places).toContain(where);
    const holding = found.filter(({ text }) => text.includes(MAPPED)).map(({ where }) => where);
    // Figures have the values of sex, disability and placement that they are divided by.
    expect(new Set(holding)).toEqual(
      new Set(['batch', 'table cases', 'table figure_rows', 'table figure_changes']),
    );
    expect(found.filter(({ where }) => where === 'log').length).toBeGreaterThan(100);
  });

  test('nor does a failure of the database, which puts the failing row into its errors: not even in the state that it leaves', async () => {
    const run = steps();
    const got = await run('get-cases', { data: firstMessage() });
    const begun = await run('upsert-cases', got.state!);
    const [second] = (begun.state!.data as { next: Message[] }).next;
    const { state: batch } = await run('get-cases', { data: second });
    expect(JSON.stringify(batch)).toContain(MAPPED);
    const broken: [string, string][] = [
      [
        `CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           RAISE EXCEPTION 'row % is bad', NEW USING DETAIL = NEW::text, HINT = NEW::text, COLUMN = 'sex'; END $$;
         CREATE TRIGGER shout BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION shout()`,
        'DROP FUNCTION shout CASCADE',
      ],
      ['ALTER TABLE sync_batches RENAME TO hidden', 'ALTER TABLE hidden RENAME TO sync_batches'],
      ['ALTER TABLE cases RENAME sex TO gender', 'ALTER TABLE cases RENAME gender TO sex'],
    ];
    for (const [breaks, mends] of broken) {
      await ona.query(breaks);
      expect((await run('upsert-cases', batch!)).failed?.code).toMatch(/^ONA_/);
      await ona.query(mends);
    }
    expect(await leaks()).toEqual([]);
    expect((await run('upsert-cases', batch!)).ok).toBe(true);
    expect((await ona.query('SELECT 1 FROM cases')).rowCount).toBeGreaterThan(100);
    expect(await leaks()).toEqual([]);
  });

  const FAULTS: [Fault, code: string | null][] = [
    [{ kind: 'status', status: 401 }, 'PRIMERO_SIGN_IN'],
    [{ kind: 'status', status: 403 }, 'PRIMERO_FORBIDDEN'],
    [{ kind: 'status', status: 503 }, 'PRIMERO_UNAVAILABLE'],
    [{ kind: 'html' }, 'PRIMERO_BAD_ANSWER'],
    [{ kind: 'cut' }, 'PRIMERO_BAD_ANSWER'],
    [{ kind: 'drop', midway: true }, 'PRIMERO_UNREACHABLE'],
    [{ kind: 'ignore', params: ['type_of_case', 'age'] }, 'PRIMERO_FILTER_DROPPED'],
    [{ kind: 'ignore', params: ['order_by', 'order'] }, 'PRIMERO_ORDER_IGNORED'],
    [{ kind: 'ignore', params: ['fields'] }, null],
    [{ kind: 'ignore', params: ['per'] }, null],
  ];

  test.each(FAULTS)('nor does a Primero that fails: %j', async (fault, code) => {
    primero.faults.use(({ query }) =>
      fault.kind === 'ignore' && query.per === '1' ? undefined : fault,
    );
    expect(await sync()).toBe(code);
    expect(await leaks()).toEqual([]);
  });

  test.each<[name: string, step: StepName, line: string, leaky: string, expected: string[]]>([
    [
      'a record, by a line in its log',
      'get-cases',
      'const page = toPage(data, metadata);',
      'console.log(JSON.stringify(data)); const page = toPage(data, metadata);',
      [`${MAPPED} in log`, `${TAINT} in log`],
    ],
    [
      'a credential, by a line in its log',
      'get-cases',
      'const message = parseMessage(state.data);',
      'const message = parseMessage(state.data); console.log(state.configuration);',
      [`${SECRETS.primero} in log`],
    ],
    [
      'the records that a failed run would leave',
      'upsert-cases',
      'batch.values.splice(0)',
      'batch.values.slice(0)',
      [`${MAPPED} in state`],
    ],
  ])('the search does find %s', async (_, step, line, leaky, expected) => {
    const run = steps((which, code) => {
      if (which === step) expect(code.split(line)).toHaveLength(2);
      return which === step ? code.replace(line, leaky) : code;
    });
    if (step === 'upsert-cases') await ona.query('ALTER TABLE case_indicators RENAME TO hidden');
    await sync(run);
    await ona.query('ALTER TABLE IF EXISTS hidden RENAME TO case_indicators');
    expect((await leaks()).sort()).toEqual(expected);
  });
});
