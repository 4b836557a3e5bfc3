import { expect, test } from 'vitest';
import { ask } from '../../support/primero.ts';
import { cases, sandbox } from './sandbox.ts';

test('hooks are called before, during and after a request, and not once they are taken away', async () => {
  const primero = await sandbox();
  const seen: string[] = [];
  const stop = primero.onRequest((moment, { path, query }, n) => {
    seen.push(`${n} ${moment} ${path} ${query.per}`);
  });
  await cases(primero, { per: 1 });
  expect(seen).toEqual([
    '1 before /api/v2/cases 1',
    '1 during /api/v2/cases 1',
    '1 after /api/v2/cases 1',
  ]);
  stop();
  await cases(primero, { per: 1 });
  expect(seen).toHaveLength(3);
});

test('a hook is waited for', async () => {
  const primero = await sandbox();
  primero.onRequest(async (moment) => {
    if (moment !== 'before') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
    primero.store.create();
  });
  expect((await cases(primero)).metadata.total).toBe(301);
});

test('SQL counts first and reads after: a case that leaves in between is counted only', async () => {
  const primero = await sandbox();
  primero.onRequest((moment) => {
    if (moment === 'during') primero.store.disable(4);
  });
  primero.store.enable(4);
  const enabled = primero.store.snapshot((c) => c.enabled).length;
  const { data, metadata } = await cases(primero, { record_state: true, per: 1000, fields: 'id' });
  expect(metadata.total).toBe(enabled);
  expect(data).toHaveLength(enabled - 1);
});

test('2.9 has its ids already, and gives the record as it is by then', async () => {
  const primero = await sandbox({ family: '2.9' });
  primero.onRequest((moment) => {
    if (moment === 'during') primero.store.disable(4);
  });
  primero.store.enable(4);
  const query = { record_state: true, per: 1000, fields: 'record_state' };
  const { data, metadata } = await cases(primero, query);
  expect(data).toHaveLength(metadata.total);
  expect(data.filter((record) => record.record_state === false)).toHaveLength(1);
});

test('the log keeps method, path, query, status and number of records of each request', async () => {
  const primero = await sandbox();
  await ask(primero, 'cases', { per: 2, fields: 'id' });
  expect(primero.requests).toEqual([
    {
      method: 'GET',
      path: '/api/v2/cases',
      query: { per: '2', fields: 'id' },
      status: 200,
      records: 2,
    },
  ]);
});
