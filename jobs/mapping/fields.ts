import config from '#config/fields.json';

/** A column of ONA as config/fields.json maps it. If it has no field, it is blank in every row. */
export interface MappedColumn {
  column: string;
  kind: string;
  field?: string;
  /** Of kind `filled`: what the column holds if the field has a value, and if it is blank. */
  filled?: string;
  blank?: string;
}

/** Columns of `cases` and of `services` that come from fields, in the order of the statements that write them. */
export const CASES: readonly MappedColumn[] = config.cases;
export const SERVICES: readonly MappedColumn[] = config.services;

/** The subform of a record that holds its services. */
export const SERVICES_FIELD: string = config.services_field;

const fieldsOf = (columns: readonly MappedColumn[]) => columns.flatMap(({ field }) => field ?? []);

/** The mapped fields, which are all that Primero is asked for. `id`, `enabled` and `last_updated_at` always come. */
export const FIELDS: readonly string[] = [
  ...new Set([...fieldsOf(CASES), SERVICES_FIELD, 'created_at']),
];

/** What the mapping reads of a service. */
export const SERVICE_FIELDS: readonly string[] = ['unique_id', ...fieldsOf(SERVICES)];

/** Fields whose values many children share, such as codes, places and days, but not ids, times or ages. */
export const SHARED: ReadonlySet<string> = new Set(
  [...CASES, ...SERVICES].flatMap(({ kind, field }) =>
    field && !['id', 'time', 'years', 'filled'].includes(kind) ? field : [],
  ),
);
