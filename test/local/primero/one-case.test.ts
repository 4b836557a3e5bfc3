import { expect, test } from 'vitest';
import { FAMILIES, type Primero } from '../../../local/primero/index.ts';
import { ask, basic } from '../../support/primero.ts';
import { NOW, sandbox } from './sandbox.ts';

const read = async (primero: Primero, id: string, query = {}) => {
  const response = await ask(primero, `cases/${id}`, query);
  const body = (await response.json()) as { data: Record<string, unknown> };
  return { status: response.status, body };
};

for (const family of FAMILIES) {
  test(`${family}: a case is had by its path, whole or in some fields, also a disabled one`, async () => {
    const primero = await sandbox({ family });
    const record = primero.store.record(5);
    expect(await read(primero, record.id)).toEqual({ status: 200, body: { data: record } });
    primero.store.disable(5);
    const { status, body } = await read(primero, record.id, { fields: 'sex,record_state' });
    expect(status).toBe(200);
    expect(body).toEqual({ data: primero.store.record(5, ['sex', 'record_state']) });
    expect(body).toMatchObject({ data: { enabled: false, record_state: false } });
  });

  test(`${family}: a case that is deleted for good is not found, in the words of Primero`, async () => {
    const primero = await sandbox({ family });
    const { id } = primero.store.record(5);
    primero.store.deleteForGood(5);
    const resource = `/api/v2/cases/${id}`;
    const detail = `Couldn't find Child with 'id'=${id}`;
    expect(await read(primero, id)).toEqual({
      status: 404,
      body: { errors: [{ status: 404, resource, detail, message: 'Not Found' }] },
    });
  });
}

test('DELETE disables a case, and dates that', async () => {
  const primero = await sandbox();
  primero.store.enable(5, NOW - 1000);
  const { id } = primero.store.record(5);
  const remove = (headers: Record<string, string>) =>
    fetch(`${primero.url}/api/v2/cases/${id}`, { method: 'DELETE', headers });
  expect((await remove({})).status).toBe(401);
  expect(primero.store.record(5).enabled).toBe(true);
  const response = await remove(basic(primero.credential));
  expect([response.status, await response.json()]).toEqual([200, { data: { id } }]);
  const last_updated_at = new Date(NOW).toISOString();
  const expected = { enabled: false, record_state: false, last_updated_at };
  expect(primero.store.record(5)).toMatchObject(expected);
  expect((await read(primero, id)).status).toBe(200);
});

test('a field that the role may not see is not in it', async () => {
  const primero = await sandbox({ hiddenFields: ['sex'] });
  const { id } = primero.store.record(5);
  for (const query of [{}, { fields: 'sex' }])
    expect((await read(primero, id, query)).body.data).not.toHaveProperty('sex');
});
