import { LONGEST_TEXT } from '../../jobs/policy.ts';
import type { Primero } from '../../local/primero/index.ts';
import { MOST_SERVICES } from '../../local/primero/records/services.ts';

const long = (letter: string) => letter.repeat(LONGEST_TEXT);

/** What Primero sends with each service though nobody asked for it: a subform comes whole. */
const NOTES = 'n'.repeat(4500);

/**
 * Fills the sandbox with children as large as they can be: every text of the mapping near its longest, 32 services.
 * Primero sends 200 KB of each.
 */
export const putLargeCases = (store: Primero['store'], cases: number): void => {
  for (let n = 0; n < cases; n += 1) {
    const id = `77777777-0000-4000-8000-0000000${String(n).padStart(5, '0')}`;
    const services_section = Array.from({ length: MOST_SERVICES }, (_, service) => ({
      unique_id: `${id}-${service}-${'s'.repeat(900)}`,
      service_type: long('t'),
      service_implemented_day_time: '2026-01-09T10:20:42.000Z',
      notes: NOTES,
    }));
    const fields = {
      ...{ id, record_state: true, age: 9, case_id_display: `${n}-${'c'.repeat(900)}` },
      ...{ sex: long('x'), oscar_number: long('o'), disability_type: long('d') },
      ...{ type_of_case: 'children_undergoing_reintegration_55427', type_of_placement: long('p') },
      ...{ location_current: long('l'), location_caregiver: long('k') },
      protection_concerns: [long('a'), long('b'), long('e'), long('f')],
      created_at: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
      services_section,
    };
    store.put(fields);
  }
};
