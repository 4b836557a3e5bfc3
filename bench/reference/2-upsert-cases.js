/** Maps the records, and writes them with multi-row VALUES. */
import { fn, sql } from '@openfn/language-postgresql';

export * from '@openfn/language-postgresql';

const literal = (value) =>
  value === null || value === undefined ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`;

const words = (code) => code?.replace(/_\d+$/, '').replaceAll('_', ' ') ?? null;

const toCase = (record) => ({
  case_id: record.case_id_display,
  registration_date: record.registration_date?.replaceAll('/', '-').slice(0, 10),
  case_source: record.oscar_number ? 'oscar' : 'primero',
  disabled: record.disability_type,
  type_of_case: words(record.type_of_case),
  sex: record.sex,
  age: record.age,
  protection_concerns: record.protection_concerns?.join(', '),
  placement_type: words(record.type_of_placement),
  consent_for_reporting: String(record.consent_reporting ?? false),
  location_code: record.location_current,
  primero_id: record.id,
  primero_updated_at: record.last_updated_at,
});

const toService = (record) => (service) => ({
  unique_id: service.unique_id,
  case_id: record.case_id_display,
  service_type: service.service_type,
  service_date: /^\d{4}-/.test(service.service_implemented_day_time)
    ? service.service_implemented_day_time
    : null,
});

const byKey = (rows, key) => [
  ...new Map(rows.filter((row) => row[key]).map((row) => [row[key], row])).values(),
];

const upsert = (table, key, rows) => {
  if (rows.length === 0) return 'SELECT 1';
  const columns = Object.keys(rows[0]);
  const values = rows.map((row) => `(${columns.map((name) => literal(row[name])).join(', ')})`);
  const updates = columns.map((name) => `${name} = excluded.${name}`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values.join(', ')}
    ON CONFLICT (${key}) DO UPDATE SET ${updates.join(', ')}`;
};

/** One child per id: of two with one case_id the later one stays. */
const distinct = (cases) => byKey(byKey(cases.map(toCase), 'primero_id'), 'case_id');

export default [
  sql((state) => upsert('cases', 'case_id', distinct(state.cases))),
  sql((state) => {
    const services = state.cases.flatMap((record) =>
      (record.services_section ?? []).map(toService(record)),
    );
    return upsert('services', 'unique_id', byKey(services, 'unique_id'));
  }),
  fn(({ page, hasMore }) => ({ data: { page, hasMore }, references: [] })),
];
