import { PLACEMENTS } from '../codes.ts';
import { NAMES_BY_KIND, SUBFORMS } from '../records/field-names.ts';
import { inBoth, wordsOf } from './khmer.ts';
import { optionsOf } from './lookups.ts';

type Detail = { source?: string; options?: ReturnType<typeof optionsOf> };
type FieldSpec = readonly [name: string, type: string, en: string, detail?: Detail];

const MAPPED: readonly FieldSpec[] = [
  ['case_id_display', 'text_field', 'Case ID'],
  ['registration_date', 'date_field', 'Date of registration'],
  ['oscar_number', 'text_field', 'OSCaR number'],
  ['type_of_case', 'select_box', 'Type of case', { source: 'lookup lookup-case-type' }],
  ['type_of_placement', 'select_box', 'Type of placement', { options: optionsOf(PLACEMENTS) }],
  ['disability_type', 'select_box', 'Disability type', { source: 'lookup lookup-disability-type' }],
  ['sex', 'select_box', 'Sex', { source: 'lookup lookup-gender' }],
  ['age', 'numeric_field', 'Age'],
  [
    'protection_concerns',
    'select_box',
    'Protection concerns',
    { source: 'lookup lookup-protection-concerns' },
  ],
  [
    'consent_reporting',
    'radio_button',
    'Consent for reporting',
    { source: 'lookup lookup-yes-no' },
  ],
  ['location_current', 'select_box', 'Current location', { source: 'Location' }],
  ['location_caregiver', 'select_box', 'Location of caregiver', { source: 'Location' }],
];

const SERVICE: readonly FieldSpec[] = [
  ['service_type', 'select_box', 'Type of service', { source: 'lookup lookup-service-type' }],
  ['service_implemented_day_time', 'date_field', 'Date of service'],
  ['service_implementing_agency', 'select_box', 'Implementing agency', { source: 'Agency' }],
  ['service_provider', 'text_field', 'Service provider'],
  ['note_on_referral_from_provider', 'textarea', 'Note on referral'],
];

const TYPES: Partial<Record<keyof typeof NAMES_BY_KIND, string>> = {
  note: 'textarea',
  khmerNote: 'textarea',
  choice: 'select_box',
  choices: 'select_box',
  date: 'date_field',
  number: 'numeric_field',
};

/** Fields that no mapping names, a form for each kind of them. */
const others = (Object.keys(NAMES_BY_KIND) as (keyof typeof NAMES_BY_KIND)[]).map((kind) => ({
  form: `${kind}_details`,
  nested: false,
  fields: NAMES_BY_KIND[kind].map(
    (name): FieldSpec => [name, TYPES[kind] ?? 'text_field', wordsOf(name)],
  ),
}));

const SPECS = [
  { form: 'basic_identity', nested: false, fields: MAPPED },
  {
    form: 'services',
    nested: false,
    fields: [['services_section', 'subform', 'Services']] as FieldSpec[],
  },
  { form: 'services_section', nested: true, fields: SERVICE },
  {
    form: 'family_details',
    nested: false,
    fields: SUBFORMS.map((name): FieldSpec => [name, 'subform', wordsOf(name)]),
  },
  ...others,
];

const fieldOf = ([name, type, en, { source, options } = {}]: FieldSpec, order: number) => ({
  name,
  type,
  visible: true,
  editable: true,
  multi_select: name === 'protection_concerns',
  order,
  display_name: inBoth(en),
  help_text: { en: '', km: '' },
  ...(source ? { option_strings_source: source } : {}),
  ...(options ? { option_strings_text: options } : {}),
});

/** The forms of a case, with every field that there is: also those that a role may not see. */
export const formsWithout = (missing: ReadonlySet<string>) =>
  SPECS.map(({ form, nested, fields }, n) => ({
    id: n + 1,
    unique_id: form,
    name: inBoth(wordsOf(form)),
    parent_form: 'case',
    visible: !nested,
    is_nested: nested,
    order: n,
    module_ids: ['primeromodule-cp'],
    fields: fields.filter(([name]) => !missing.has(name)).map(fieldOf),
  }));
