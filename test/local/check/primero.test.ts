import { createServer, type ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { Line } from '../../../local/check/line.ts';
import { checkPrimero } from '../../../local/check/primero.ts';
import type { PrimeroOptions } from '../../../local/primero/index.ts';
import { askPrimero } from '../../../local/primero-client/ask-primero.ts';
import { listen } from '../../support/listen.ts';
import { testPrimero } from '../../support/primero.ts';

/** A server that answers an empty list, unless the test answers itself. */
const scripted = async (answer: (response: ServerResponse, path: string) => void) => {
  const server = createServer((request, response) => {
    answer(response, request.url ?? '');
    if (response.writableEnded) return;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: [], metadata: { total: 0, per: 1000, page: 1 } }));
  });
  const port = await listen(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, user: 'a', password: 'b', basicAuth: true };
};

const start = async (options: PrimeroOptions = {}) => {
  const primero = await testPrimero({ cases: 400, ...options });
  return { primero, credential: primero.credential };
};

const check = (credential: Parameters<typeof checkPrimero>[0]): Promise<Line[]> =>
  checkPrimero(credential, AbortSignal.timeout(60_000));

const told = (lines: Line[], level: Line['level']) =>
  lines.filter((line) => line.level === level).map(({ about, text }) => `${about}: ${text}`);

for (const [family, version] of [
  ['2.9', 'v2.5 to v2.9'],
  ['2.12', 'v2.10 or later'],
  ['2.14', 'v2.10 or later'],
] as const)
  test(`A Primero ${family} that shows all is fine, and nothing of it is changed or signed in by token`, async () => {
    const { primero, credential } = await start({ family });
    const lines = await check(credential);
    expect(told(lines, 'problem')).toEqual([]);
    expect(told(lines, 'warning').filter((text) => !text.startsWith('codes in'))).toEqual([]);
    expect(told(lines, 'ok')).toContain(`version of Primero: ${version}`);
    expect(primero.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(primero.requests.length).toBeLessThan(15);
  });

for (const [field, about] of [
  ['type_of_case', 'indicator Reintegration'],
  ['age', 'indicator Under 18'],
] as const)
  test(`A role that may not see ${field} is a problem: the filter on it is dropped, and it is hidden`, async () => {
    const { credential } = await start({ hiddenFields: [field] });
    const problems = told(await check(credential), 'problem');
    expect(problems).toContainEqual(
      expect.stringMatching(
        new RegExp(`^${about}: Primero answered with \\d+ records that its filter on ${field}`),
      ),
    );
    expect(problems).toContain(`field ${field}: the user sync may not see it`);
  });

test('A role that may not see record_state is a problem: the filter on it is dropped', async () => {
  const { credential } = await start({ hiddenFields: ['record_state'] });
  expect(told(await check(credential), 'problem')).toContainEqual(
    expect.stringMatching(/^filter record_state: Primero does not obey the filter on record_state/),
  );
});

test('A filter on a time or an id, or an order, that is ignored is a problem', async () => {
  const { primero, credential } = await start();
  const params = ['created_at', 'last_updated_at', 'id', 'order_by', 'order'];
  primero.faults.use(() => ({ kind: 'ignore', params }));
  const problems = told(await check(credential), 'problem');
  for (const field of ['created_at', 'last_updated_at', 'id'])
    expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^filter ${field}: `)));
  expect(problems).toContain('indicator Under 18: Primero did not sort its answer by created_at');
});

test('A hidden field is a problem that names field and user, one that is blank everywhere is fine', async () => {
  const hidden = await start({ hiddenFields: ['sex'] });
  const [problem, ...others] = (await check(hidden.credential)).filter(
    ({ level }) => level === 'problem',
  );
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    about: 'field sex',
    text: 'the user sync may not see it',
    mend: 'Let the role of sync in Primero view sex, in a form of a case.',
  });
  hidden.primero.role.hiddenFields.delete('sex');
  expect(told(await check(hidden.credential), 'problem')).toEqual([]);
  const { credential, primero } = await start({ cases: 30 });
  for (let n = 0; n < 30; n += 1) primero.store.update(n, { changes: { oscar_number: null } });
  const lines = await check(credential);
  expect(told(lines, 'problem')).toEqual([]);
  expect(told(lines, 'ok')).toContainEqual(
    expect.stringMatching(/^field oscar_number: visible, and blank in the first \d+ cases$/),
  );
});

test('A sync of more cases than some versions can bear is a warning', async () => {
  for (const [total, level] of [
    [300_000, 'ok'],
    [300_001, 'warning'],
  ] as const) {
    const server = await scripted((response) =>
      response.end(JSON.stringify({ data: [], metadata: { total, per: 1000, page: 1 } })),
    );
    const line = (await check(server)).find(({ about }) => about === 'size of a sync');
    expect(line).toMatchObject({
      level,
      text: expect.stringMatching(/^300,00\d cases in Primero: about 60\d pages of 1,000/),
    });
  }
});

test('Fields that were not asked for are a warning', async () => {
  const { credential, primero } = await start();
  primero.faults.use(() => ({ kind: 'ignore', params: ['fields'] }));
  const warnings = told(await check(credential), 'warning');
  expect(warnings).toContainEqual(expect.stringMatching(/^fields: Primero sends fields that/));
});

test('Codes without a label are a warning that says how many cases have each, whatever lists the user may read', async () => {
  const { credential, primero } = await start({ cases: 300, forbidden: ['lookups', 'forms'] });
  for (let n = 0; n < 300; n += 1)
    primero.store.update(n, {
      changes: {
        sex: n < 7 ? 'unheard_of' : 'female',
        age: 9,
        services_section: [{ unique_id: `s-${n}`, service_type: n < 2 ? 'new_one' : 'other' }],
      },
    });
  const lines = await check(credential);
  expect(told(lines, 'warning')).toEqual([
    'codes in Primero, sex: 1 without a label: unheard_of (7 cases)',
    'codes in Primero, service_type: 1 without a label: new_one (2 cases)',
  ]);
});

test('Wrong password, no rights, maintenance and a stranger each end the check with what to do', async () => {
  const { credential } = await start();
  await expect(check({ ...credential, password: 'no' })).rejects.toThrow(
    /^PRIMERO_SIGN_IN: Primero at \S+ refuses user or password \(401\): correct primero\.user and primero\.password/,
  );
  const { credential: noRights } = await start({ forbidden: ['cases'] });
  await expect(check(noRights)).rejects.toThrow(
    /^PRIMERO_FORBIDDEN: .*\(403\): let the user's role/,
  );
  const busy = await scripted((response) => response.writeHead(503).end());
  await expect(check(busy)).rejects.toThrow(/^PRIMERO_UNAVAILABLE: .*\(503\): run again later$/);
  const stranger = await scripted((response) => response.end('<html></html>'));
  await expect(check(stranger)).rejects.toThrow(
    /^PRIMERO_BAD_ANSWER: .* is not Primero: check primero\.url/,
  );
});

test('The version is told by the page size, and tokens are advised against', async () => {
  const newer = await start();
  const basic = { ...newer.credential, basicAuth: false };
  expect(told(await check(basic), 'problem')).toEqual([
    'version of Primero: v2.10 or later, which gives no token',
  ]);
  const older = await start({ family: '2.9' });
  expect(told(await check({ ...older.credential, basicAuth: false }), 'warning')).toContain(
    'version of Primero: v2.5 to v2.9; tokens are limited to 6 a minute',
  );
});

test('A path in the URL is kept, and no redirect is followed', async () => {
  const seen: string[] = [];
  const { url } = await scripted((response, path) => {
    seen.push(path);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  const ask = askPrimero({ url: `${url}/org`, user: 'a', password: 'b', basicAuth: true }, () =>
    AbortSignal.timeout(2000),
  );
  expect((await ask('cases', { per: 1 })).status).toBe(302);
  expect(seen).toEqual(['/org/api/v2/cases?per=1']);
});
