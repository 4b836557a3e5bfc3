import { expect, test } from 'vitest';
import type { Operation, State } from '../../../local/adaptors/primero/types.ts';
import { closedPort } from '../../support/raw-server.ts';
import { printedBy, quietly } from './printed.ts';
import { json, scriptedServer } from './scripted-server.ts';
import { oursAlone, underTest } from './under-test.ts';

const { fn, getCases, execute: loudly } = await underTest('primero');

const execute =
  (...operations: Operation[]) =>
  (state: Partial<State>): Promise<State> =>
    quietly(() => loudly(...operations)(state));

const PAGE = { data: [{ id: 'a', name_first: 'Sokha' }], metadata: { total: 1, per: 20, page: 1 } };

const basic = (url: string) => ({
  configuration: { url, user: 'sync', password: 'p:ä', basicAuth: true },
});

test('One getCases is one request: its page is in data and metadata, the data before it in references', async () => {
  const { url, requests } = await scriptedServer((response) => json(response, PAGE));
  const state = await execute(getCases({ per: 1000 }))({ ...basic(url), data: { batch: 4 } });
  expect(state).toEqual({
    ...basic(url),
    data: PAGE.data,
    metadata: PAGE.metadata,
    references: [{ batch: 4 }],
  });
  expect(requests).toMatchObject([
    {
      method: 'GET',
      url: '/api/v2/cases?per=1000',
      headers: {
        authorization: `Basic ${Buffer.from('sync:p:ä').toString('base64')}`,
        'content-type': 'application/json',
      },
    },
  ]);
});

test('References grow with every call, and metadata stays if an answer has none', async () => {
  const pages = [PAGE, { data: [] }];
  const { url } = await scriptedServer((response) => json(response, pages.shift()));
  const state = await execute(getCases(), getCases())({ ...basic(url), data: 1 });
  expect(state).toMatchObject({
    data: [],
    metadata: PAGE.metadata,
    references: [1, PAGE.data],
  });
});

const queries: [title: string, query: unknown, search: string][] = [
  ['no query', undefined, ''],
  ['an empty query', {}, ''],
  ['plain values', { a: 'x', b: 2, c: true }, '?a=x&b=2&c=true'],
  ['a range of times', { t: '2026-07-01T00:00:00Z..b' }, '?t=2026-07-01T00%3A00%3A00Z..b'],
  ['signs', { q: "a b&c='(é)*!" }, '?q=a%20b%26c%3D%27%28%C3%A9%29%2A%21'],
  ['null and undefined', { a: null, b: undefined }, '?a='],
  ['a list', { a: [1, 2] }, '?a%5B0%5D=1&a%5B1%5D=2'],
  ['an object', { a: { b: { c: 1 } } }, '?a%5Bb%5D%5Bc%5D=1'],
  ['a function of state', (state: State) => ({ a: state.n }), '?a=7'],
  ['a function in a query', { a: (state: State) => `${state.n}..` }, '?a=7..'],
];

for (const [title, query, search] of queries) {
  test(`The query string for ${title} is the official one's`, async () => {
    const { url, requests } = await scriptedServer((response) => json(response, PAGE));
    await execute(getCases(query))({ ...basic(url), n: 7 });
    expect(requests[0]!.url).toBe(`/api/v2/cases${search}`);
  });
}

test('A callback gets the next state, and its answer is the result', async () => {
  const { url } = await scriptedServer((response) => json(response, PAGE));
  const callback = async (state: State) => ({ ...state, data: (state.data as unknown[]).length });
  expect(await execute(getCases({}, {}, callback))(basic(url))).toMatchObject({ data: 1 });
});

test('Several requests run at a time, on connections that are kept', async () => {
  let open = 0;
  let most = 0;
  const { url, seen } = await scriptedServer((response, { url: path }) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      json(response, { data: [path] });
    }, 30);
  });
  const both = fn(async (state: State) => {
    const states = await Promise.all(['a', 'b'].map((q) => getCases({ q })(state)));
    return { ...state, data: states.map((next) => (next as State).data) };
  });
  const state = await execute(both, both, both)(basic(url));
  expect(state.data).toEqual([['/api/v2/cases?q=a'], ['/api/v2/cases?q=b']]);
  expect(most).toBe(2);
  expect(seen.connections).toBe(2);
});

test('A status other than 200, 201, 202 and 204 rejects with the answer, without the credential', async () => {
  const { url } = await scriptedServer((response) => {
    response.setHeader('retry-after', '30');
    json(response, { errors: [{ status: 503 }] }, 503);
  });
  const { error, lines } = await printedBy(() => loudly(getCases({ per: 1 }))(basic(url)));
  const [head, ...rest] = error.message.split('\n');
  expect(head).toBe('Server responded with:');
  expect(JSON.parse(rest.join('\n'))).toMatchObject({
    statusCode: 503,
    body: '{"errors":[{"status":503}]}',
    headers: { 'retry-after': '30' },
    request: {
      uri: { href: `${url}/api/v2/cases?per=1`, pathname: '/api/v2/cases', search: '?per=1' },
      method: 'GET',
      headers: { Authorization: '--REDACTED--', 'Content-Type': 'application/json' },
    },
  });
  expect(error.message).not.toContain(Buffer.from('sync:p:ä').toString('base64'));
  expect(lines).toEqual([]);
});

test('A refused connection rejects with Node’s code', async () => {
  const port = await closedPort();
  const { error } = await printedBy(() => loudly(getCases())(basic(`http://127.0.0.1:${port}`)));
  expect(error).toMatchObject({ code: 'ECONNREFUSED', port });
});

test('A connection that drops before or within the answer rejects with Node’s code', async () => {
  const drops = [
    (response: { socket: { destroy(): void } | null }) => response.socket?.destroy(),
    (response: import('node:http').ServerResponse) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"data":[', () => response.socket?.destroy());
    },
  ];
  const { url } = await scriptedServer((response) => drops.shift()!(response));
  for (const _ of [1, 2]) {
    const { error } = await printedBy(() => loudly(getCases())(basic(url)));
    expect(error).toMatchObject({ code: 'ECONNRESET' });
  }
});

const notCases: [title: string, body: string][] = [
  ['HTML', '<html>Please wait</html>'],
  ['JSON that is cut off', '{"data":[{"id":"a"'],
  ['nothing', ''],
  ['JSON without data', '{"metadata":{}}'],
  ['null', 'null'],
];

for (const [title, body] of notCases) {
  oursAlone(`An answer of ${title} with status 200 rejects with a TypeError`, async () => {
    const { url } = await scriptedServer((response) => response.end(body));
    const { error } = await printedBy(() => loudly(getCases())(basic(url)));
    expect(error).toBeInstanceOf(TypeError);
  });
}

test('It prints the answer’s status, the count and the request, but no record and no credential', async () => {
  const { url } = await scriptedServer((response) => json(response, PAGE));
  const { lines } = await printedBy(() => loudly(getCases({ per: 5 }))(basic(url)));
  expect(lines[0]).toBe("info: Primero says: '200 OK'");
  expect(lines[1]).toContain('info: 1 cases retrieved from request: {');
  expect(lines[1]).toContain(`"href": "${url}/api/v2/cases?per=5"`);
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toMatch(/Sokha|Basic|c3luYz/);
});

test('Without basicAuth it signs in first, with a token, which is gone from the state after it', async () => {
  const { url, requests } = await scriptedServer((response, { method }) =>
    method === 'POST'
      ? json(response, { id: 1, user_name: 'sync', token: 'tok' })
      : json(response, PAGE),
  );
  const configuration = { url, user: 'sync', password: 'p' };
  const state = await execute(getCases())({ configuration });
  expect(requests.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
    'POST /api/v2/tokens',
    'GET /api/v2/cases',
  ]);
  expect(JSON.parse(requests[0]!.body)).toEqual({ user: { user_name: 'sync', password: 'p' } });
  expect(requests[1]!.headers.authorization).toBe('Bearer tok');
  expect(Object.keys(state).sort()).toEqual(['configuration', 'data', 'metadata', 'references']);
});

test('A refused sign-in rejects without the password', async () => {
  const { url } = await scriptedServer((response) => json(response, { errors: [] }, 401));
  const configuration = { url, user: 'sync', password: 'a-secret' };
  const { error } = await printedBy(() => loudly(getCases())({ configuration }));
  expect(error.message).toMatch(/^Server responded with:\n\{\n {2}"statusCode": 401/);
  expect(error.message).not.toContain('a-secret');
});

oursAlone('What the drop-in lacks is named', async () => {
  const { url } = await scriptedServer((response) => json(response, PAGE));
  await expect(execute(getCases({}, { withReferrals: true }))(basic(url))).rejects.toThrow(
    'withReferrals is not in the drop-in; install @openfn/language-primero',
  );
});
