import { expect, test } from 'vitest';
import { FAMILIES, type Family, MAPPED_FIELD_NAMES } from '../../../local/primero/index.ts';
import { mayAsk } from '../../../local/primero/role.ts';
import { ask } from '../../support/primero.ts';
import { cases, sandbox } from './sandbox.ts';

const start = (family: Family) => sandbox({ family, cases: 60 });

for (const family of FAMILIES) {
  test(`${family}: a field can be hidden while the server runs`, async () => {
    const primero = await start(family);
    const total = async () => (await cases(primero, { sex: 'zzz' })).metadata.total;
    expect(await total()).toBe(0);
    primero.role.hiddenFields.add('sex');
    expect(await total()).toBe(60);
    for (const record of (await cases(primero, { fields: 'sex,age', per: 60 })).data)
      expect(record).not.toHaveProperty('sex');
    primero.role.hiddenFields.clear();
    expect(await total()).toBe(0);
  });

  test(`${family}: of the cases that a role may not see none is found, and its path is forbidden`, async () => {
    const primero = await start(family);
    const { id } = primero.store.record(3);
    primero.role.sees = ({ index }) => index % 2 === 0;
    const { data, metadata } = await cases(primero, { per: 100 });
    expect([data.length, metadata.total]).toEqual([30, 30]);
    expect((await cases(primero, { id })).metadata.total).toBe(0);
    const response = await ask(primero, `cases/${id}`);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      errors: [{ status: 403, resource: `/api/v2/cases/${id}`, message: 'Forbidden' }],
    });
    primero.role.sees = undefined;
    expect((await ask(primero, `cases/${id}`)).status).toBe(200);
  });

  test(`${family}: services that others entered can be hidden`, async () => {
    const primero = await start(family);
    const services_section = [{ unique_id: 'a' }, { unique_id: 'b' }, { unique_id: 'c' }];
    const index = primero.store.put({ id: primero.store.record(3).id, services_section });
    const { id } = primero.store.record(index);
    primero.role.seesService = ({ unique_id }, facts) => facts.index === 3 && unique_id === 'b';
    const listed = await cases(primero, { id, fields: 'services_section' });
    expect(listed.data[0]!.services_section).toEqual([{ unique_id: 'b' }]);
    const one = (await (await ask(primero, `cases/${id}`)).json()) as { data: object };
    expect(one.data).toMatchObject({ services_section: [{ unique_id: 'b' }] });
    expect(primero.store.record(index).services_section).toEqual(services_section);
  });
}

test('a name is taken for a field that may be seen if it ends like one', () => {
  const asks = (name: string) => mayAsk(name, ['number', 'sex', 'age'], new Set(['age']));
  for (const name of ['number', 'oscar_number', 'number3', 'oscar_number5', 'is_not', 'or'])
    expect(asks(name), name).toBe(true);
  for (const name of ['age', 'number7', 'numbers', 'zzz', 'number33'])
    expect(asks(name), name).toBe(false);
});

test('what always comes cannot be hidden', async () => {
  const primero = await start('2.14');
  primero.role.hiddenFields = new Set(['id', 'enabled', 'last_updated_at']);
  const { data } = await cases(primero, { fields: 'sex', per: 1 });
  expect(data[0]).toMatchObject({ id: expect.any(String), enabled: expect.any(Boolean) });
  expect(data[0]).toHaveProperty('last_updated_at');
});

test('no mapped field ends like another one', async () => {
  const primero = await start('2.14');
  for (const name of MAPPED_FIELD_NAMES) {
    primero.role.hiddenFields = new Set([name]);
    const { metadata } = await cases(primero, { [name]: 'zzz' });
    expect(metadata.total, name).toBe(60);
  }
});
