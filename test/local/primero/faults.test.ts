import { expect, test } from 'vitest';
import { ask, basic } from '../../support/primero.ts';
import { cases, ids, NOW, sandbox } from './sandbox.ts';

test('a status comes with Retry-After in seconds or as a date, once, and then all is well', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'status', status: 503, retryAfter: 3 });
  primero.faults.next({ kind: 'status', status: 429, retryAfter: 3, retryAfterAs: 'date' });
  primero.faults.next({ kind: 'status', status: 502 });
  const [a, b, c, d] = [
    await ask(primero, 'cases'),
    await ask(primero, 'cases'),
    await ask(primero, 'cases'),
    await ask(primero, 'cases'),
  ];
  expect([a.status, a.headers.get('retry-after')]).toEqual([503, '3']);
  expect(await a.json()).toEqual({
    errors: [{ status: 503, resource: '/api/v2/cases', message: 'Service Unavailable' }],
  });
  expect([b.status, b.headers.get('retry-after')]).toEqual([
    429,
    new Date(NOW + 3000).toUTCString(),
  ]);
  expect([c.status, c.headers.get('retry-after')]).toEqual([502, null]);
  expect(d.status).toBe(200);
  expect(primero.requests.map(({ status }) => status)).toEqual([503, 429, 502, 200]);
});

test('HTML comes with status 200', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'html' });
  const response = await ask(primero, 'cases');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
  expect(await response.text()).toContain('<html>');
});

test('JSON is cut off in the middle', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'cut' });
  const response = await ask(primero, 'cases', { fields: 'id' });
  await expect(response.json()).rejects.toThrow(SyntaxError);
});

test('a search that fails is 200 with nothing', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'empty' });
  expect(await cases(primero)).toEqual({ data: [], metadata: { total: 0, per: 20, page: 1 } });
});

test('half a page comes, and the total says otherwise', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'half' });
  const { data, metadata } = await cases(primero, { per: 100, fields: 'id' });
  expect([data.length, metadata.total]).toEqual([50, 300]);
});

test('an answer drips, and is whole at its end', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'drip', bytes: 500, everyMs: 10 });
  const start = performance.now();
  const { data } = await cases(primero, { fields: 'id', per: 20 });
  expect(data).toHaveLength(20);
  expect(performance.now() - start).toBeGreaterThan(30);
});

test('a request hangs until its client gives up', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'hang' });
  const signal = AbortSignal.timeout(100);
  const request = fetch(`${primero.url}/api/v2/cases`, {
    headers: basic(primero.credential),
    signal,
  });
  await expect(request).rejects.toThrow(/timeout/);
  expect(primero.requests[0]!.status).toBe(0);
});

test('a hanging request does not keep the server from closing', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'hang' });
  const request = ask(primero, 'cases').catch(() => 'closed');
  while (primero.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await primero.close();
  expect(await request).toBe('closed');
});

test.each([false, true])('the connection is dropped; midway: %s', async (midway) => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'drop', midway });
  const read = async () => (await ask(primero, 'cases', { per: 300 })).text();
  await expect(read()).rejects.toThrow();
});

test('a filter, the order, fields or per are ignored', async () => {
  const primero = await sandbox({ cases: 1200 });
  const query = {
    age: '0..17',
    order_by: 'last_updated_at',
    order: 'asc',
    per: 100,
    fields: 'age',
  };
  const sound = await cases(primero, query);
  const spoilt = (...params: string[]) => {
    primero.faults.next({ kind: 'ignore', params });
    return cases(primero, query);
  };
  expect((await spoilt('age')).metadata.total).toBe(1200);
  expect(ids((await spoilt('order_by', 'order')).data)).not.toEqual(ids(sound.data));
  expect((await spoilt('order')).data[0]!.last_updated_at > sound.data[0]!.last_updated_at).toBe(
    true,
  );
  expect(Object.keys((await spoilt('fields')).data[0]!).length).toBeGreaterThan(100);
  expect((await spoilt('per')).data).toHaveLength(20);
});

test('a plan decides by request and number, after what is queued', async () => {
  const primero = await sandbox();
  primero.faults.use(({ path }, n) =>
    path.endsWith('/cases') && n % 2 === 1 ? { kind: 'status', status: 500 } : undefined,
  );
  primero.faults.next({ kind: 'status', status: 504 });
  const statuses = [];
  for (const path of ['cases', 'cases', 'cases', 'lookups'])
    statuses.push((await ask(primero, path)).status);
  expect(statuses).toEqual([504, 200, 500, 200]);
  primero.faults.clear();
  expect((await ask(primero, 'lookups')).status).toBe(200);
  expect((await ask(primero, 'cases')).status).toBe(200);
});

test('a queued fault is played as often as told', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'status', status: 500 }, 2);
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await ask(primero, 'cases')).status);
  expect(statuses).toEqual([500, 500, 200]);
});

test('a proxy says itself that there is nothing, in HTML or without a word', async () => {
  const primero = await sandbox();
  const { id } = primero.store.record(1);
  for (const body of ['html', 'none'] as const) {
    primero.faults.next({ kind: 'status', status: 404, body });
    const response = await ask(primero, `cases/${id}`);
    expect(response.status).toBe(404);
    const text = await response.text();
    expect(text).not.toContain('errors');
    expect(text.includes('<html>')).toBe(body === 'html');
  }
});

test.each([429, 503])('%i comes from the first request on, until it is cleared', async (status) => {
  const primero = await sandbox();
  primero.faults.use(() => ({ kind: 'status', status, retryAfter: 1, body: 'html' }));
  for (let n = 0; n < 3; n++) {
    const response = await ask(primero, 'cases');
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, '1']);
  }
  primero.faults.clear();
  expect((await ask(primero, 'cases')).status).toBe(200);
});

test('200 comes without a body', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'blank' });
  const response = await ask(primero, 'cases');
  expect([response.status, await response.text()]).toEqual([200, '']);
});

test('the total is full, and there is no data', async () => {
  const primero = await sandbox();
  primero.faults.next({ kind: 'hollow' });
  const { data, metadata } = await cases(primero, { per: 100 });
  expect([data, metadata]).toEqual([[], { total: 300, per: 100, page: 1 }]);
});

test('an answer about one case is not thinned out, but can be cut', async () => {
  const primero = await sandbox();
  const record = primero.store.record(1);
  for (const kind of ['empty', 'half', 'hollow'] as const) {
    primero.faults.next({ kind });
    expect(await (await ask(primero, `cases/${record.id}`)).json()).toEqual({ data: record });
  }
  primero.faults.next({ kind: 'cut' });
  await expect((await ask(primero, `cases/${record.id}`)).json()).rejects.toThrow(SyntaxError);
});

test.each(['2.9', '2.14'] as const)('%s: pages can be cut below 1,000', async (family) => {
  const primero = await sandbox({ family, largestPage: 100 });
  const page = async () => {
    const { data, metadata } = await cases(primero, { per: 1000, fields: 'id' });
    return [data.length, metadata.per, metadata.total];
  };
  expect(await page()).toEqual([100, 100, 300]);
  primero.largestPage = 250;
  expect(await page()).toEqual([250, 250, 300]);
});
