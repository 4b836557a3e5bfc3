import { expect, test } from 'vitest';
import codes from '#config/codes.json' with { type: 'json' };
import { ask } from '../../support/primero.ts';
import { sandbox } from './sandbox.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of a server, looked at field by field
const get = async (path: string, query: Record<string, unknown> = {}, options = {}): Promise<any> =>
  (await ask(await sandbox(options), path, query)).json();

test('lookups have the codes of the mapping with labels in English and Khmer', async () => {
  const { data, metadata } = await get('lookups', { per: 1000 });
  expect(metadata.total).toBe(data.length);
  for (const list of ['protection_concerns', 'service_type', 'disability_type'] as const) {
    const name = `lookup-${list.replaceAll('_', '-')}`;
    const { values } = data.find((lookup: { unique_id: string }) => lookup.unique_id === name);
    const labels = values.map((v: { id: string; display_text: { en: string } }) => [
      v.id,
      v.display_text.en,
    ]);
    expect(Object.fromEntries(labels)).toEqual(codes[list]);
    expect(
      values.some((v: { display_text: { km: string } }) =>
        /\p{Script=Khmer}/u.test(v.display_text.km),
      ),
    ).toBe(true);
  }
});

test('lookups come 20 a page by default, and there are more', async () => {
  const first = await get('lookups');
  expect(first.data).toHaveLength(20);
  expect(first.metadata.total).toBeGreaterThan(20);
  const second = await get('lookups', { page: 2 });
  expect(second.data).toHaveLength(first.metadata.total - 20);
});

test('forms name every mapped field in both languages, and where its options are', async () => {
  const { data } = await get('forms', { record_type: 'case' });
  const fields = data.flatMap((form: { fields: object[] }) => form.fields);
  const field = (name: string) => fields.find((one: { name: string }) => one.name === name);
  expect(field('sex')).toMatchObject({
    display_name: { en: 'Sex', km: 'ភេទ' },
    option_strings_source: 'lookup lookup-gender',
  });
  expect(field('service_type').option_strings_source).toBe('lookup lookup-service-type');
  expect(field('type_of_placement').option_strings_text[0].display_text.en).toBe('Kinship care');
  expect((await get('forms', { record_type: 'incident' })).data).toEqual([]);
});

test('forms lack only the fields that this Primero was not set up with', async () => {
  const missing = await get('forms', {}, { missingFields: ['sex'] });
  expect(JSON.stringify(missing.data)).not.toContain('"sex"');
  const { data } = await get('forms', {}, { hiddenFields: ['sex'] });
  expect(JSON.stringify(data)).toContain('"sex"');
});

test('locations are the gazetteer, with both names, level and parents', async () => {
  const { data, metadata } = await get('locations', { hierarchy: true, per: 5000 });
  expect(metadata.total).toBe(1 + 25 + 210 + 1652);
  expect(data).toHaveLength(1888);
  const place = data.find((one: { code: string }) => one.code === '102');
  expect(place).toMatchObject({
    type: 'district',
    admin_level: 2,
    placename: { en: 'Mongkol Borei', km: 'មង្គលបូរី' },
    hierarchy: ['KH', '1', '102'],
    name: { en: 'Cambodia::Banteay Meanchey::Mongkol Borei' },
  });
});

test('locations come 100 a page by default, and short without hierarchy=true', async () => {
  const { data } = await get('locations');
  expect(data).toHaveLength(100);
  expect(data[5]).not.toHaveProperty('hierarchy');
  expect(data[5]).not.toHaveProperty('placename');
});
