import { describe, expect, test } from 'vitest';
import { toLists } from '../../../jobs/asking/lists.ts';

const GENDER = {
  unique_id: 'lookup-gender',
  values: [
    { id: 'male', disabled: false, display_text: { en: 'Male', km: 'ប្រុស' } },
    { id: 'female', display_text: 'Female' },
    { id: 'unknown', disabled: true, display_text: { en: 'Unknown' } },
  ],
};
const SEX = {
  name: 'sex',
  display_name: { en: 'Sex', km: 'ភេទ' },
  option_strings_source: 'lookup lookup-gender',
};

const listsOf = (field: object, ...more: object[]) =>
  toLists([{ fields: [field, ...more] }], [GENDER]);

describe('Forms and lists', () => {
  test('are labels of the mapped fields and of their options that are in use', () => {
    expect(listsOf(SEX)).toEqual({ sex: 'Sex', 'sex.male': 'Male', 'sex.female': 'Female' });
  });

  test('are read of a field of a service, too', () => {
    const own = { option_strings_text: [{ id: 'other', display_text: { en: 'Other' } }] };
    const field = { name: 'service_type', display_name: { en: 'Type of service' }, ...own };
    expect(listsOf(field)).toEqual({
      service_type: 'Type of service',
      'service_type.other': 'Other',
    });
  });

  test.each<[what: string, field: object]>([
    ['a field that no mapping names', { ...SEX, name: 'name_first' }],
    ['a field that people do not see', { ...SEX, visible: false }],
    ['a field without a name', { display_name: { en: 'Sex' } }],
  ])('leave out %s', (_, field) => {
    expect(listsOf(field)).toEqual({});
  });

  test.each<[what: string, field: object]>([
    ['a list that did not come', { ...SEX, option_strings_source: 'lookup lookup-other' }],
    ['no list', { ...SEX, option_strings_source: 'Location' }],
    ['a blank list', { ...SEX, option_strings_source: null, option_strings_text: [] }],
  ])('have the label alone of a field with %s', (_, field) => {
    expect(listsOf(field)).toEqual({ sex: 'Sex' });
  });

  test('take the list that a field names where its own is blank', () => {
    expect(listsOf({ ...SEX, option_strings_text: [] })).toHaveProperty(['sex.male'], 'Male');
  });

  test('may have forms without fields', () => {
    expect(toLists([{}, { fields: [SEX] }], [])).toEqual({ sex: 'Sex' });
  });
});
