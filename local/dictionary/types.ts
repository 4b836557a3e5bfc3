/** A text in each language that Primero has it in, such as `{ en: 'Sex', km: 'ភេទ' }`; a plain text is English. */
export type Text = Record<string, unknown> | string | null | undefined;

/** An option of a list: its code, and what people see. */
export type Option = { id?: unknown; disabled?: unknown; display_text?: Text };

/** A field of a form, cut to what is read of it. */
export type Field = {
  name?: unknown;
  visible?: unknown;
  display_name?: Text;
  option_strings_source?: unknown;
  option_strings_text?: unknown;
};

export type Form = { unique_id?: unknown; is_nested?: unknown; fields?: unknown };

export type Lookup = { unique_id?: unknown; values?: unknown };

/** What Primero says of its fields and options. */
export type Vocabulary = { forms: Form[]; lookups: Lookup[] };

/** A row of `data_dictionary`: the label of a column (`value` is '') or of a value of it. */
export type Entry = {
  column_name: string;
  value: string;
  label_en: string | null;
  label_km: string | null;
  /** Primero's name of the field or option. */
  code: string;
  /** Whose the label is: Primero's, or the mapping's where Primero has none. */
  source: 'primero' | 'sync';
};

/** Something in Primero's lists that a person should look at. */
export type Finding = {
  kind: 'DIFFERS' | 'REUSED' | 'UNMAPPED' | 'GONE' | 'MERGED' | 'NO_FIELD' | 'NO_OPTIONS';
  column: string;
  /** Primero's code of the option, or name of the field. */
  code: string;
  /** What `cases` or `services` hold for it. */
  stored: string | null;
  /** Primero's English label. */
  primero: string | null;
};
