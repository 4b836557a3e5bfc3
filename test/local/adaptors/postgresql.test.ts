import { expect, test } from 'vitest';
import type { Operation, State } from '../../../local/adaptors/postgresql/execute.ts';
import { describeBoth } from '../../support/ona.ts';
import { closedPort } from '../../support/raw-server.ts';
import { printedBy, quietly } from './printed.ts';
import { selfSigned } from './self-signed.ts';
import { droppingFront, tlsFront } from './tls-front.ts';
import { oursAlone, underTest } from './under-test.ts';

const { fn, execute: loudly, sql } = await underTest('postgresql');

const execute =
  (...operations: Operation[]) =>
  (state: State): Promise<State> =>
    quietly(() => loudly(...operations)(state));

const INSERT = 'INSERT INTO locations_lookup (code, district, province, province_code) VALUES';

describeBoth('The postgresql adaptor', (ona) => {
  const given = (more: object = {}): State => ({ configuration: ona.credentials, ...more });

  const count = async (code: string): Promise<number> => {
    const query = 'SELECT count(*)::int AS n FROM locations_lookup WHERE code = $1';
    return (await ona.query<{ n: number }>(query, [code])).rows[0]!.n;
  };

  test('Rows are in data, the whole result in result, the data before it in references', async () => {
    const query = sql('SELECT $1::int AS n', { values: [7] });
    const state = await execute(query)(given({ data: { batch: 4 } }));
    expect(Object.keys(state).sort()).toEqual(
      ['configuration', 'data', 'queries', 'references', 'result'].sort(),
    );
    expect(state).toMatchObject({
      data: [{ n: 7 }],
      references: [{ batch: 4 }],
      queries: [],
      result: { command: 'SELECT', rowCount: 1, rows: [{ n: 7 }] },
    });
  });

  test('Text, values and options may be, or hold, functions of state', async () => {
    const state = await execute(
      sql((s: State) => `SELECT ${s.n}::int AS n`),
      sql('SELECT $1::int AS n', { values: [(s: State) => s.n] } as object),
      sql('SELECT $1::int AS n', (s) => ({ values: [s.n] })),
      sql({ text: 'SELECT $1::int AS n', values: (s: State) => [s.n], name: 'by-name' }),
    )(given({ n: 3 }));
    expect(state.references?.slice(1)).toEqual([[{ n: 3 }], [{ n: 3 }], [{ n: 3 }]]);
    expect(state.data).toEqual([{ n: 3 }]);
  });

  test('The operations of one job share a transaction', async () => {
    await execute(sql('BEGIN'), sql(`${INSERT} ('990', 'd', 'p', '99')`), sql('COMMIT'))(given());
    expect(await count('990')).toBe(1);
  });

  test('A job that fails, or ends, before its COMMIT has changed nothing when it is over', async () => {
    const fails = fn(() => {
      throw new Error('STOP: here');
    });
    const job = execute(sql('BEGIN'), sql(`${INSERT} ('991', 'd', 'p', '99')`), fails);
    await expect(job(given())).rejects.toThrow('STOP: here');
    expect(await count('991')).toBe(0);
    await execute(sql('BEGIN'), sql(`${INSERT} ('991', 'd', 'p', '99')`))(given());
    expect(await count('991')).toBe(0);
  });

  oursAlone('When a failed job is over, its locks are gone', async () => {
    await ona.query("SET lock_timeout = '1ms'");
    const fails = fn(() => {
      throw new Error('STOP: here');
    });
    for (let i = 0; i < 10; i += 1) {
      const code = `98${i}`;
      const job = execute(sql('BEGIN'), sql(`${INSERT} ('${code}', 'd', 'p', '99')`), fails);
      await expect(job(given())).rejects.toThrow('STOP: here');
      await ona.query(`${INSERT} ('${code}', 'd', 'p', '99')`);
    }
  });

  oursAlone('An error keeps the driver’s fields, and prints its code but no value', async () => {
    await ona.query(`${INSERT} ('992', 'd', 'p', '99')`);
    const again = sql(`${INSERT} ($1, $2, 'p', '99')`, { values: ['992', 'Sokha'] });
    const { error, lines } = await printedBy(() => loudly(again)(given()));
    expect(error).toMatchObject({ code: '23505', table: 'locations_lookup', severity: 'ERROR' });
    expect(error.detail).toContain('992');
    expect(lines).toEqual(['error: Job failed (23505): what was not committed is rolled back']);
  });

  test('It prints command and row count, and no value', async () => {
    const { lines } = await printedBy(() =>
      loudly(
        sql("SELECT 'Sokha' AS name WHERE $1::text IS NOT NULL", { values: ['Dara'] }),
        sql('BEGIN'),
      )(given()),
    );
    expect(lines).toEqual([
      'info: SELECT succeeded, rowCount: 1',
      'info: BEGIN succeeded, rowCount: null',
    ]);
  });

  oursAlone('A statement can be kept, and not be sent', async () => {
    const state = await execute(
      sql('SELECT 1 AS n', { writeSql: true }),
      sql('SELECT no_such_column', { writeSql: true, execute: false }),
    )(given());
    expect(state.queries).toEqual(['SELECT 1 AS n', 'SELECT no_such_column']);
    expect(state.data).toEqual([{ n: 1 }]);
  });

  test('A value of a megabyte costs nothing to speak of', async () => {
    const text = JSON.stringify(Array.from({ length: 2000 }, () => 'x'.repeat(500)));
    const start = performance.now();
    const query = sql('SELECT json_array_length($1::json) AS n', { values: [text] });
    expect(await execute(query)(given())).toMatchObject({ data: [{ n: 2000 }] });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  oursAlone('Jobs side by side have a client each', async () => {
    const job = (who: string) =>
      execute(
        sql('BEGIN'),
        sql("SELECT set_config('app.who', $1, true)", { values: [who] }),
        sql("SELECT current_setting('app.who') AS who"),
        sql('COMMIT'),
        fn(({ references }: State) => ({ who: references!.at(-1) })),
      )(given());
    expect(await Promise.all(['a', 'b', 'c'].map(job))).toEqual([
      { who: [{ who: 'a' }] },
      { who: [{ who: 'b' }] },
      { who: [{ who: 'c' }] },
    ]);
  });

  oursAlone(
    'A connection that drops rejects the query that it drops in, and those after it',
    async () => {
      const port = await droppingFront(ona.credentials, 'drop me');
      const configuration = { ...ona.credentials, port, host: '127.0.0.1' };
      const seen: string[] = [];
      const tries = (text: string) =>
        fn((state: State) =>
          sql(text)(state).catch((error) => {
            seen.push(error.message);
            return state;
          }),
        );
      await execute(tries("SELECT 'drop me'"), tries('SELECT 1'))({ configuration });
      expect(seen).toEqual([
        'Connection terminated unexpectedly',
        'Client has encountered a connection error and is not queryable',
      ]);
    },
  );

  oursAlone('A connection that drops between two queries does not end the process', async () => {
    const port = await droppingFront(ona.credentials, 'COMMIT');
    const configuration = { ...ona.credentials, port, host: '127.0.0.1' };
    const wait = fn(async (state: State) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return state;
    });
    const job = execute(sql('SELECT 1'), fn(wait), sql('COMMIT'));
    await expect(job({ configuration })).rejects.toThrow('Connection terminated unexpectedly');
  });

  oursAlone(
    'ssl verifies the certificate, unless told otherwise, and takes an authority of one’s own',
    async () => {
      const port = await tlsFront(ona.credentials);
      const tls = { ...ona.credentials, host: 'localhost', port, ssl: true };
      const query = (configuration: object) => execute(sql('SELECT 1 AS n'))({ configuration });
      await expect(query(tls)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      expect(await query({ ...tls, allowSelfSignedCert: true })).toMatchObject({
        data: [{ n: 1 }],
      });
      expect(await query({ ...tls, ca: selfSigned.cert })).toMatchObject({ data: [{ n: 1 }] });
    },
  );

  oursAlone('A server without TLS is refused where ssl is asked for', async () => {
    const configuration = { ...ona.credentials, ssl: true };
    await expect(execute(sql('SELECT 1'))({ configuration })).rejects.toThrow(
      'The server does not support SSL connections',
    );
  });
});

const refused = async () => {
  const port = await closedPort();
  return { host: '127.0.0.1', port, database: 'ona', user: 'sync', password: 'a-secret' };
};

oursAlone('A refused connection rejects the first query, with Node’s code', async () => {
  const configuration = await refused();
  const { error, lines } = await printedBy(() => loudly(sql('SELECT 1'))({ configuration }));
  expect(error).toMatchObject({ code: 'ECONNREFUSED', port: configuration.port });
  expect(lines).toEqual([
    'error: Job failed (ECONNREFUSED): what was not committed is rolled back',
  ]);
});

oursAlone('A job that asks nothing needs no connection', async () => {
  const configuration = await refused();
  const state = await execute(
    fn(async (s: State) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { ...s, data: 1 };
    }),
  )({ configuration });
  expect(state).toMatchObject({ data: 1 });
});

oursAlone('sql outside of a job says so', async () => {
  await expect(sql('SELECT 1')({})).rejects.toThrow(
    'No database client: sql() works only in a job, under execute()',
  );
});
