/** The subform of a record that holds its services. */
export const SERVICES_FIELD = 'services_section';

/**
 * The mapped fields, and so all that Primero is asked for. `id`, `enabled` and `last_updated_at` always come. They are
 * listed here by themselves so that asking needs nothing of the mapping; a test holds them to its columns.
 */
export const FIELDS: readonly string[] = [
  ...[
    'case_id_display',
    'registration_date',
    'oscar_number',
    'disability_type',
    'type_of_case',
    'sex',
    'age',
  ],
  ...[
    'protection_concerns',
    'type_of_placement',
    'consent_reporting',
    'location_current',
    'location_caregiver',
  ],
  ...[SERVICES_FIELD, 'created_at'],
];

/** What the mapping reads of a service. */
export const SERVICE_FIELDS: readonly string[] = [
  'unique_id',
  'service_type',
  'service_implemented_day_time',
];
