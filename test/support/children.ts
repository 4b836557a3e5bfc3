import type { Primero } from '../../local/primero/index.ts';
import { idOf } from '../jobs/message/messages.ts';

export const REINTEGRATION = 'children_undergoing_reintegration_55427';

/** A minute of creation for each number: 0 is the first of 2026. */
export const createdAt = (number: number): string =>
  new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();

/**
 * Puts a child into the sandbox that counts for `under18` alone, with these fields in place of others. Returns its index.
 * @example <caption>An adult who counts for the other indicator</caption>
 * putChild(primero, 7, { age: 30, type_of_case: REINTEGRATION });
 */
export const putChild = (
  { store }: Pick<Primero, 'store'>,
  number: number,
  fields: Record<string, unknown> = {},
): number =>
  store.put({
    id: idOf(number),
    record_state: true,
    age: 9,
    type_of_case: 'child_at_risk_12',
    case_id_display: `case-${number}`,
    registration_date: '2026-01-09',
    created_at: createdAt(number),
    last_updated_at: createdAt(number),
    services_section: [],
    // Cleared: their keys come, as they do of a field that the user may see.
    oscar_number: null,
    sex: null,
    disability_type: null,
    protection_concerns: null,
    type_of_placement: null,
    consent_reporting: null,
    location_current: null,
    location_caregiver: null,
    ...fields,
  });
