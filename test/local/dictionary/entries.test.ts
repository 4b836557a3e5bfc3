import { expect, test } from 'vitest';
import codes from '#config/codes.json' with { type: 'json' };
import { toEntries } from '../../../local/dictionary/entries.ts';
import type { Field, Lookup, Option } from '../../../local/dictionary/types.ts';

const option = (id: string, en: string, km = ''): Option => ({ id, display_text: { en, km } });

const lookup = (unique_id: string, values: Option[]): Lookup => ({ unique_id, values });

const sex: Field = {
  name: 'sex',
  display_name: { en: 'Sex', km: 'ភេទ' },
  option_strings_source: 'lookup lookup-gender',
};

const SEXES = [option('male', 'Male', 'ប្រុស'), option('female', 'Female'), option('other', 'Other')];

/** What comes of one field of a case with these options. */
const read = (field: Field, values: Option[], list = 'lookup-gender') => {
  const forms = [{ unique_id: 'basic', is_nested: false, fields: [field] }];
  const { entries, findings } = toEntries({ forms, lookups: [lookup(list, values)] });
  return { entries, findings: findings.filter(({ kind }) => kind !== 'NO_FIELD') };
};

test('labels a column and its values by what the tables hold, in both languages', () => {
  const { entries, findings } = read(sex, SEXES);
  expect(findings).toEqual([]);
  expect(entries).toEqual([
    {
      column_name: 'sex',
      value: '',
      label_en: 'Sex',
      label_km: 'ភេទ',
      code: 'sex',
      source: 'primero',
    },
    {
      column_name: 'sex',
      value: 'Male',
      label_en: 'Male',
      label_km: 'ប្រុស',
      code: 'male',
      source: 'primero',
    },
    {
      column_name: 'sex',
      value: 'Female',
      label_en: 'Female',
      label_km: null,
      code: 'female',
      source: 'primero',
    },
    {
      column_name: 'sex',
      value: 'Other',
      label_en: 'Other',
      label_km: null,
      code: 'other',
      source: 'primero',
    },
  ]);
});

test('stores an option of a column in words under its words, also from options of the field itself', () => {
  const { entries } = read(
    {
      name: 'type_of_placement',
      display_name: { en: 'Type of placement' },
      option_strings_text: [option('kinship_care_20417', 'Kinship care', 'ការថែទាំដោយញាតិ')],
    },
    [],
  );
  expect(entries[1]).toMatchObject({
    column_name: 'placement_type',
    value: 'kinship care',
    label_en: 'Kinship care',
    label_km: 'ការថែទាំដោយញាតិ',
  });
});

test('shows Primero’s label where it differs from the mapping’s, and says so; case and space do not count', () => {
  const { entries, findings } = read(sex, [
    option('male', ' MALE '),
    option('female', 'Girl'),
    option('other', 'Other'),
  ]);
  expect(findings).toEqual([
    { kind: 'DIFFERS', column: 'sex', code: 'female', stored: 'Female', primero: 'Girl' },
  ]);
  expect(entries).toContainEqual(expect.objectContaining({ value: 'Female', label_en: 'Girl' }));
});

test('says where a code was given the meaning that another code has in the mapping', () => {
  const { findings } = read(sex, [option('male', 'Female'), ...SEXES.slice(1)]);
  expect(findings).toEqual([
    { kind: 'REUSED', column: 'sex', code: 'male', stored: 'Male', primero: 'Female' },
  ]);
});

test('labels an option that the mapping lacks by its code, and says so', () => {
  const { entries, findings } = read(sex, [...SEXES, option('intersex_1', 'Intersex')]);
  expect(entries).toContainEqual(
    expect.objectContaining({ value: 'intersex_1', label_en: 'Intersex', source: 'primero' }),
  );
  expect(findings).toEqual([
    {
      kind: 'UNMAPPED',
      column: 'sex',
      code: 'intersex_1',
      stored: 'intersex_1',
      primero: 'Intersex',
    },
  ]);
});

test('keeps the mapping’s label of an option that Primero no longer has', () => {
  const { entries, findings } = read(sex, SEXES.slice(0, 2));
  expect(entries).toContainEqual({
    column_name: 'sex',
    value: 'Other',
    label_en: 'Other',
    label_km: null,
    code: 'other',
    source: 'sync',
  });
  expect(findings).toEqual([
    { kind: 'GONE', column: 'sex', code: 'other', stored: 'Other', primero: null },
  ]);
});

test('of two options with one stored value takes the one in use, and says so', () => {
  const { entries, findings } = read({ ...sex, name: 'type_of_case' }, [
    { ...option('at_risk_11111', 'At risk (old)'), disabled: true },
    option('at_risk_22222', 'At risk'),
  ]);
  expect(entries.filter(({ value }) => value === 'at risk')).toEqual([
    expect.objectContaining({ label_en: 'At risk', code: 'at_risk_22222' }),
  ]);
  expect(findings).toEqual([
    expect.objectContaining({ kind: 'MERGED', code: 'at_risk_11111', stored: 'at risk' }),
  ]);
});

test('says which fields and lists did not come, and calls nothing gone for want of its list', () => {
  const { entries, findings } = toEntries({ forms: [{ fields: [sex] }], lookups: [] });
  expect(findings).toContainEqual(expect.objectContaining({ kind: 'NO_OPTIONS', column: 'sex' }));
  expect(findings).toContainEqual(
    expect.objectContaining({ kind: 'NO_FIELD', column: 'disabled' }),
  );
  expect(findings.filter(({ kind }) => kind === 'GONE')).toEqual([]);
  expect(entries).toHaveLength(1);
});

test('takes a service’s field from the services, and a case’s from the forms that people see', () => {
  const field = (en: string, visible = true) => ({ ...sex, display_name: { en }, visible });
  const service = (en: string) => ({ name: 'service_type', display_name: { en } });
  const { entries } = toEntries({
    forms: [
      {
        unique_id: 'other_subform',
        is_nested: true,
        fields: [field('of a sibling'), service('Wrong')],
      },
      { unique_id: 'hidden', is_nested: false, fields: [field('hidden', false)] },
      { unique_id: 'basic', is_nested: false, fields: [field('Sex of the child')] },
      { unique_id: 'services_section', is_nested: true, fields: [service('Type of service')] },
    ],
    lookups: [lookup('lookup-gender', SEXES)],
  });
  const label = (column: string) =>
    entries.find(({ column_name, value }) => column_name === column && value === '')?.label_en;
  expect([label('sex'), label('service_type')]).toEqual(['Sex of the child', 'Type of service']);
});

test('labels no column that the mapping derives', () => {
  const { entries } = read({ ...sex, name: 'oscar_number' }, SEXES);
  expect(entries).toEqual([]);
});

test('takes no label that cannot be stored, and no option without a code', () => {
  const hostile = [
    option('male', 'a\u0000b'),
    option('female', 'x'.repeat(5000)),
    { id: 7, display_text: 'Seven' } as Option,
    null as unknown as Option,
    { id: 'other', display_text: 'Other' } as Option,
  ];
  const { entries } = read(sex, hostile);
  expect(entries.map(({ value, label_en }) => [value, label_en])).toEqual([
    ['', 'Sex'],
    ['Male', 'Male'],
    ['Female', 'Female'],
    ['Other', 'Other'],
  ]);
});

test('every code of the mapping’s lists is a code of a column that has labels', () => {
  const coded = ['sex', 'disability_type', 'protection_concerns', 'service_type'] as const;
  for (const name of coded) {
    const [first] = Object.entries(codes[name])[0]!;
    const { findings } = read({ ...sex, name }, [option(first, 'Something else entirely')]);
    expect(findings[0], name).toMatchObject({ kind: 'DIFFERS', code: first });
  }
});
