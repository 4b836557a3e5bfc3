import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inProject } from '../../local/paths.ts';
import { type Fault, type Primero, startPrimero, TAINT } from '../../local/primero/index.ts';
import {
  createRunner,
  type RunnerOptions,
  type RunResult,
  type State,
} from '../../local/runner/index.ts';
import { startCli, temporaryFolder, untilOutput } from '../local/cli/run-cli.ts';
import { describeOna } from '../support/ona.ts';
import { quickTimers } from '../support/quick-timers.ts';
import { startWebServer } from '../support/web-server.ts';
import { type Found, findLeaks, MAPPED, readFolder, SECRETS } from './leaks.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { readAll } from './whole-database.ts';

const MINUTE = 60_000;

/** Where content of the mapping belongs: ONA's two tables, and the batch on its way to them. */
const mayHoldContent = (where: string) =>
  ['table cases', 'table services', 'batch'].includes(where);

describeOna('no trace', (ona) => {
  let primero: Primero;
  let proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
  let inbox: Awaited<ReturnType<typeof startWebServer>>;
  let found: Found[];
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    primero = await startPrimero({
      cases: 200,
      password: SECRETS.primero,
      until: Date.now() - 60 * MINUTE,
    });
    for (const index of [3, 4, 5, 6, 7]) {
      const changes = { sex: `${MAPPED}-sex`, location_current: `${MAPPED}-place`, age: 9 };
      primero.store.update(index, { changes, at: Date.now() - 50 * MINUTE });
    }
    proxy = await startRecordingProxy(primero.url);
    inbox = await startWebServer(() => ({ status: 202 }));
    folder = await temporaryFolder();
    found = [];
  });
  afterEach(async () => {
    await Promise.all([proxy.close(), inbox.close(), folder.remove()]);
    await primero.close();
  });

  const find = (where: string, text: unknown) =>
    found.push({ where, text: typeof text === 'string' ? text : JSON.stringify(text) });

  /** Runs the workflow step by step, so that each state that is handed on is seen, at debug level. */
  const steps = (options: Partial<RunnerOptions> = {}, onLine = () => {}) => {
    const credentials = {
      primero: { url: proxy.url, user: 'sync', password: SECRETS.primero, basicAuth: true },
      ona: { ...ona.credentials, ...(ona.kind === 'PGlite' && { password: SECRETS.ona }) },
      inbox: { inboxUrl: inbox.url, apiKey: SECRETS.inbox },
    };
    const log = (line: object) => {
      find('log', line);
      onLine();
    };
    const runner = (modules = {}) =>
      createRunner({ globals: quickTimers().globals, ...options, credentials, log, modules });
    const whole = runner();
    const getting = runner({ '@openfn/language-postgresql': 'test/support/no-database' });
    const keep = (where: string, result: RunResult): State => {
      const { state, ...rest } = result;
      const { errors, ...kept } = state ?? {};
      // A step that failed leaves what it was given, with its error beside it.
      find(result.ok ? where : 'batch', kept);
      find('result', { ...rest, errors });
      return state ?? {};
    };
    return {
      start: async (input: object = {}) =>
        keep('state', await whole.run('initiate-sync', { data: input })),
      get: async (data: unknown) => keep('batch', await getting.run('get-cases', { data })),
      upsert: async (state: State) => {
        const { errors: _, ...batch } = state;
        return keep('state', await whole.run('upsert-cases', batch));
      },
    };
  };

  type Steps = ReturnType<typeof steps>;

  /** A whole sync: each message that the inbox got is run, until none is left. */
  const sync = async ({ start, get, upsert }: Steps, input = {}) => {
    const known = inbox.requests.length;
    await start(input);
    for (let n = known; n < inbox.requests.length && n < known + 9; n += 1) {
      const state = await get(inbox.requests[n]!.body);
      await upsert(state);
    }
  };

  /** Adds what lies outside of the process, and says what leaked. */
  const leaks = async () => {
    proxy.requests.forEach((request) => void find('request to Primero', request));
    for (const { headers, body } of inbox.requests) {
      const { 'x-api-key': _, ...others } = headers;
      find('request to the inbox', { others, body });
    }
    for (const [name, rows] of Object.entries(await readAll(ona)))
      find(`table ${name}`, rows.join('\n'));
    return findLeaks(found, mayHoldContent);
  };

  test('whole syncs leave nothing of a child outside of the mapping, and no credential, in any place', async () => {
    const all = steps();
    await sync(all);
    primero.store.quarter({
      seed: 1,
      from: Date.now() - 40 * MINUTE,
      to: Date.now() - 20 * MINUTE,
      share: 0.3,
    });
    await sync(all, { cursor: '2026-06-01T00:00:00Z' });
    expect(await leaks()).toEqual([]);
    // What was searched did hold something: content, logs, requests and messages.
    const places = new Set(found.map(({ where }) => where));
    for (const where of ['log', 'batch', 'state', 'request to Primero', 'request to the inbox'])
      expect(places).toContain(where);
    const holding = found.filter(({ text }) => text.includes(MAPPED)).map(({ where }) => where);
    expect(new Set(holding)).toEqual(new Set(['batch', 'table cases']));
    expect(found.filter(({ where }) => where === 'log').length).toBeGreaterThan(100);
  });

  test('nor does any failure of the database, which puts the failing row into its errors', async () => {
    const all = steps();
    const message = () => inbox.requests[0]!.body;
    await all.start();
    const batch = await all.get(message());
    const broken: [string, string][] = [
      [
        "ALTER TABLE cases ADD CONSTRAINT broken CHECK (sex NOT LIKE 'MAPPED%')",
        'ALTER TABLE cases DROP CONSTRAINT broken',
      ],
      [
        `CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           NEW.age := NEW.sex::integer; RETURN NEW; END $$;
         CREATE TRIGGER shout BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION shout()`,
        'DROP FUNCTION shout CASCADE',
      ],
      [
        `CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           RAISE EXCEPTION 'row % is bad', NEW USING DETAIL = NEW::text, HINT = NEW::text, COLUMN = 'sex'; END $$;
         CREATE TRIGGER shout BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION shout()`,
        'DROP FUNCTION shout CASCADE',
      ],
      ['ALTER TABLE sync_batches RENAME TO hidden', 'ALTER TABLE hidden RENAME TO sync_batches'],
    ];
    for (const [breaks, mends] of broken) {
      await ona.query(breaks);
      const before = found.length;
      await all.upsert(batch);
      expect(
        found
          .slice(before)
          .map(({ text }) => text)
          .join(),
      ).toMatch(/"code":"ONA_[A-Z_]+"/);
      await ona.query(mends);
    }
    expect(await leaks()).toEqual([]);
    await all.upsert(batch);
    expect(await leaks()).toEqual([]);
    expect((await ona.query('SELECT 1 FROM cases')).rowCount).toBeGreaterThan(100);
  });

  const FAULTS: Fault[] = [
    { kind: 'status', status: 401 },
    { kind: 'status', status: 403 },
    { kind: 'status', status: 429, retryAfter: 2 },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503, retryAfter: 2, retryAfterAs: 'date' },
    { kind: 'html' },
    { kind: 'cut' },
    { kind: 'empty' },
    { kind: 'drop' },
    { kind: 'drop', midway: true },
    { kind: 'half' },
    { kind: 'ignore', params: ['type_of_case', 'age'] },
    { kind: 'ignore', params: ['last_updated_at'] },
    { kind: 'ignore', params: ['order_by', 'order'] },
    { kind: 'ignore', params: ['fields'] },
    { kind: 'ignore', params: ['per'] },
    { kind: 'drip', bytes: 4096, everyMs: 1 },
  ];

  if (ona.kind === 'PostgreSQL') return;

  // What follows is not about the database.

  test('nor does any failure of Primero', async () => {
    const all = steps();
    for (const fault of FAULTS) {
      primero.faults.use(() => fault);
      await sync(all);
    }
    primero.faults.clear();
    primero.faults.next({ kind: 'hang' });
    await sync(all);
    expect(await leaks()).toEqual([]);
    const codes = new Set(found.map(({ text }) => /"code":"(PRIMERO_[A-Z_]+)"/.exec(text)?.[1]));
    for (const code of ['SIGN_IN', 'FORBIDDEN', 'UNAVAILABLE', 'BAD_ANSWER', 'EMPTY'])
      expect(codes).toContain(`PRIMERO_${code}`);
    for (const code of ['UNREACHABLE', 'FILTER_DROPPED', 'ORDER_IGNORED'])
      expect(codes).toContain(`PRIMERO_${code}`);
  });

  test('nor does a run that is stopped, wherever that is', async () => {
    for (const after of [3, 8, 14, 20, 30, 40, 60, 80]) {
      const controller = new AbortController();
      let lines = 0;
      const onLine = () => {
        lines += 1;
        if (lines > after) controller.abort();
      };
      await sync(steps({ signal: controller.signal }, onLine));
    }
    const stopped = found.flatMap(
      ({ text }) => /"step":"([a-z-]+)","code":"INTERRUPTED"/.exec(text)?.[1] ?? [],
    );
    for (const step of ['get-cases', 'upsert-cases']) expect(stopped).toContain(step);
    expect(await leaks()).toEqual([]);
  });

  test('nor does the command, whole, killed or failing, with --debug: not in its output, not in its folder', async () => {
    const credentials = {
      primero: { url: proxy.url, user: 'sync', password: SECRETS.primero },
      ona: { ...ona.credentials, ...(ona.kind === 'PGlite' && { password: SECRETS.ona }) },
    };
    const file = join(folder.path, 'credentials.json');
    const state = join(folder.path, 'state');
    await writeFile(file, JSON.stringify(credentials), { mode: 0o600 });
    const command = () => startCli(['sync', '--credentials', file, '--debug'], state);

    const killed = command();
    await untilOutput(killed, /upsert-cases/);
    killed.process.kill('SIGKILL');
    await killed.ended;
    primero.faults.use(() => ({ kind: 'ignore', params: ['age', 'type_of_case'] }));
    const failed = command();
    expect((await failed.ended).stderr).toMatch(/PRIMERO_FILTER_DROPPED/);
    primero.faults.clear();
    const whole = command();
    expect((await whole.ended).stdout).toMatch(/Complete/);

    for (const { output } of [killed, failed, whole]) find('output', output());
    expect(whole.output()).toMatch(/debug get-cases/);
    found.push(...(await readFolder(state)));
    expect(found.filter(({ where }) => where.startsWith('file ')).length).toBeGreaterThan(2);
    expect(await leaks()).toEqual([]);
  });

  test('the search does find a record, or a credential, that one console.log in a job lets out', async () => {
    const job = await readFile(inProject('dist', 'jobs', '1-get-cases.js'), 'utf8');
    const cases: [after: string, leak: string, leaks: string[]][] = [
      ['previous = at;', 'console.log(record);', [`${MAPPED} in log`, `${TAINT} in log`]],
      [
        'const message = parseMessage(state.data, now);',
        'console.log(state.configuration);',
        [`${SECRETS.primero} in log`],
      ],
    ];
    for (const [after, leak, expected] of cases) {
      expect(job.split(after)).toHaveLength(2);
      const path = join(folder.path, `with-${leak}`);
      await cp(inProject('dist'), join(path, 'dist'), { recursive: true });
      await cp(inProject('workflow.json'), join(path, 'workflow.json'));
      await writeFile(
        join(path, 'dist', 'jobs', '1-get-cases.js'),
        job.replace(after, `${after} ${leak}`),
      );
      found.length = 0;
      await sync(steps({ workflowPath: join(path, 'workflow.json') }));
      expect((await leaks()).sort()).toEqual(expected);
    }
  });
});
