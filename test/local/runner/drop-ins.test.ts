import { expect, test } from 'vitest';
import { createRunner, type RunnerOptions } from '../../../local/runner/index.ts';
import { describeOna } from '../../support/ona.ts';
import { builtDropIns } from '../adaptors/built-drop-ins.ts';
import { json, scriptedServer } from '../adaptors/scripted-server.ts';
import { adaptorOf, workflowWith } from './workflow-folder.ts';

const modules = await builtDropIns();

const PRIMERO = `
  import { fn, getCases } from '@openfn/language-primero';
  export * from '@openfn/language-primero';`;

const POSTGRESQL = `
  import { fn, sql } from '@openfn/language-postgresql';
  export * from '@openfn/language-postgresql';
  const insert = (code) => sql(
    "INSERT INTO locations_lookup (code, district, province, province_code) VALUES ($1, 'd', 'p', '99')",
    { values: [code] },
  );`;

describeOna('The drop-ins in the sandbox', (ona) => {
  const runner = async (
    job: string,
    more: Partial<RunnerOptions> = {},
    getCases = 'export default [(s) => s];',
  ) => {
    const { url } = await scriptedServer((response) => json(response, { data: [{ id: '990' }] }));
    const workflowPath = await workflowWith({
      one: {
        adaptor: adaptorOf('get-cases'),
        configuration: 'primero',
        next: { two: { condition: '!state.errors' } },
        code: PRIMERO + getCases,
      },
      two: {
        adaptor: adaptorOf('upsert-cases'),
        configuration: 'ona',
        code: POSTGRESQL + job,
      },
    });
    const primero = { url, user: 'u', password: 'a-secret', basicAuth: true };
    const credentials = { primero, ona: { ...ona.credentials } };
    return createRunner({ credentials, workflowPath, modules, ...more });
  };

  const codes = async () =>
    (await ona.query<{ code: string }>("SELECT code FROM locations_lookup WHERE code >= '990'"))
      .rows;

  test('Cases go from Primero to the database, and each adaptor’s state comes through', async () => {
    const { run } = await runner(
      "export default [sql('BEGIN'), (s) => insert(s.references[0][0].id)(s), sql('COMMIT'), fn(({ data, references }) => ({ data, references }))];",
      {},
      'export default [getCases({ per: 1 }), fn((s) => ({ ...s, references: [] }))];',
    );
    const result = await run('hook', {});
    expect(result.failed).toBe(null);
    expect(await codes()).toContainEqual({ code: '990' });
    expect(JSON.stringify(result)).not.toContain('a-secret');
  });

  test('A signal between BEGIN and COMMIT rolls back before the run is over', async () => {
    const stop = new AbortController();
    const { run } = await runner(
      "export default [sql('BEGIN'), insert('991'), fn((s) => { console.log('now'); return s; }), sql('COMMIT')];",
      { signal: stop.signal, log: ({ text }) => text === 'now' && stop.abort() },
    );
    expect((await run('hook', {})).failed).toMatchObject({ step: 'two', code: 'INTERRUPTED' });
    expect(await codes()).not.toContainEqual({ code: '991' });
  });

  test('A database error shows its code, table and constraint, and no value', async () => {
    const { run } = await runner("export default [insert('992'), insert('992')];");
    const { failed } = await run('hook', {});
    expect(failed?.details).toMatchObject({ code: '23505', table: 'locations_lookup' });
    expect(JSON.stringify(failed)).not.toContain('992');
  });

  test('Two runs side by side have a client each', async () => {
    const { run } = await runner(
      `export default [
        sql('BEGIN'),
        (s) => sql("SELECT set_config('app.who', $1, true)", { values: [s.who] })(s),
        async (s) => { await new Promise((r) => setTimeout(r, 10)); return s; },
        sql("SELECT current_setting('app.who') AS who"),
        fn(({ data, who }) => ({ seen: data[0].who, who })),
        sql('COMMIT'),
        fn(({ seen, who }) => ({ seen, who })),
      ];`,
    );
    const results = await Promise.all(['a', 'b'].map((who) => run('two', { who })));
    expect(results.map(({ state }) => state)).toMatchObject([
      { seen: 'a', who: 'a' },
      { seen: 'b', who: 'b' },
    ]);
  });
});
