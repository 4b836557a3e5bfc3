import * as v from 'valibot';

const Text = v.pipe(v.string('must be text'), v.trim(), v.minLength(1, 'must not be empty'));
const Whole = v.pipe(v.number('must be a whole number'), v.integer('must be a whole number'));

const MappedColumn = v.strictObject(
  {
    column: Text,
    kind: Text,
    field: v.optional(Text),
    filled: v.optional(Text),
    blank: v.optional(Text),
  },
  'must be a column',
);

/** fields.json */
export const Fields = v.strictObject(
  {
    cases: v.array(MappedColumn, 'must be a list'),
    services_field: Text,
    services: v.array(MappedColumn, 'must be a list'),
    district_characters: v.record(
      v.pipe(v.string(), v.regex(/^[1-9]\d*$/, 'must be a number of characters')),
      v.pipe(Whole, v.minValue(1, 'must be 1 or more')),
      'must be numbers of characters',
    ),
  },
  'must be an object',
);

const Range = v.strictObject({ field: Text, from: Whole, to: Whole });
const OneOf = v.strictObject({
  field: Text,
  is: v.pipe(v.array(Text, 'must be a list of codes'), v.minLength(1, 'must name a code')),
});

/** Which of the children that meet an indicator's rules count in published numbers. */
const Counts = v.strictObject(
  {
    also: v.optional(Text),
    consent: v.boolean('must be true or false'),
    placements_left_out: v.optional(
      v.array(
        v.strictObject({ placement_type: v.string('must be text'), reason: Text }),
        'must be a list of placements',
      ),
    ),
  },
  'must say who counts',
);

/** indicators.json */
export const Indicators = v.pipe(
  v.array(
    v.looseObject(
      {
        name: v.pipe(
          Text,
          v.regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and _'),
        ),
        code: Text,
        label: Text,
        title: v.looseObject({ en: Text, km: v.optional(Text) }, 'must be texts by language'),
        rules: v.pipe(
          v.array(
            v.union([Range, OneOf], 'must be a field with "from" and "to", or with "is"'),
            'must be a list',
          ),
          v.minLength(1, 'must have a rule'),
        ),
        counts: Counts,
        measures: v.pipe(
          v.array(
            v.picklist(['registered', 'served'], 'must be "registered" or "served"'),
            'must be a list',
          ),
          v.minLength(1, 'must have a measure'),
        ),
      },
      'must be an indicator',
    ),
    'must be a list',
  ),
  v.minLength(1, 'must have an indicator'),
);

/** codes.json */
export const Codes = v.record(
  v.string(),
  v.record(v.string(), Text, 'must be labels by code'),
  'must be labels by field and code',
);

/** retention.json. Above a hundred years a date could be none that PostgreSQL has. */
export const Retention = v.strictObject(
  {
    months: v.pipe(
      Whole,
      v.minValue(1, 'must be 1 or more'),
      v.maxValue(1200, 'must be 1200 or less'),
    ),
  },
  'must be an object',
);

export type FieldsConfig = v.InferOutput<typeof Fields>;
export type IndicatorsConfig = v.InferOutput<typeof Indicators>;
export type CodesConfig = v.InferOutput<typeof Codes>;
