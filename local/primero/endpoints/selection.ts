import { type Family, RULES } from '../family.ts';
import { ALWAYS, FIELDS, type Field, fieldsOf, type PrimeroRecord } from '../records/fields.ts';
import type { Role } from '../role.ts';
import type { PrimeroStore } from '../store.ts';
import type { Query } from './query.ts';

/** `fields=short`, as far as our records have them. */
const SHORT = [
  ...['case_id_display', 'name', 'age', 'sex', 'registration_date', 'created_at', 'status'],
  ...['workflow', 'module_id', 'owned_by', 'owned_by_agency_id'],
];

/** Which fields of a record come. */
export type Selection = {
  /** Those named; undefined: all. */
  names: readonly string[] | undefined;
  makers: readonly Field[];
  role: Role;
};

/** Reads `fields=`. A list with nothing in it limits nothing; names that do not exist are ignored. */
export const readSelection = (query: Query, family: Family, role: Role): Selection => {
  const short = RULES[family].engine === 'columns' ? [...SHORT, 'location_current'] : SHORT;
  const named = query.fields === 'short' ? short : (query.fields ?? '').split(',').filter(Boolean);
  const names = named.length > 0 ? named : undefined;
  return { names, makers: fieldsOf(names ?? FIELDS.keys()), role };
};

/** One record, as far as it was asked for and may be seen. */
export const renderCase = (
  store: PrimeroStore,
  index: number,
  { names, makers, role }: Selection,
): PrimeroRecord => {
  const record = store.render(index, makers, names);
  const { hiddenFields, seesService } = role;
  for (const name of hiddenFields) if (!ALWAYS.includes(name)) delete record[name];
  const services = record.services_section;
  if (seesService && Array.isArray(services)) {
    const facts = store.facts(index);
    record.services_section = services.filter((service) => seesService(service, facts));
  }
  return record;
};
