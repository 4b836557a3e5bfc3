import { packRecord, type Shared, unpackRecord } from '../../../jobs/asking/pack.ts';
import { toGazetteer } from '../../../jobs/mapping/locations.ts';
import { mapCase } from '../../../jobs/mapping/record.ts';
import type { CaseRecord } from '../../../jobs/record.ts';
import { locationRows } from './places.ts';

export const ID = 'b3222e84-a5d7-4692-a643-1ab3d41f17d6';
export const SERVICE_ID = '020d0e8a-c948-451e-948e-3c5462a7cb56';

export const service = (fields: object = {}): Record<string, unknown> => ({
  unique_id: SERVICE_ID,
  service_type: 'social_work_case_work',
  service_implemented_day_time: '2026-01-09T10:20:42.000Z',
  ...fields,
});

/** Dara: a case with a value in every field that the mapping reads. */
export const record = (fields: object = {}): CaseRecord => ({
  id: ID,
  enabled: true,
  last_updated_at: '2026-03-09T10:38:34.074Z',
  created_at: '2026-01-08T03:00:00.000Z',
  case_id_display: 'd41f17d',
  registration_date: '2026-01-09',
  oscar_number: null,
  disability_type: 'vision_disability_33985',
  type_of_case: 'children_undergoing_reintegration_55427',
  sex: 'female',
  age: 9,
  protection_concerns: ['refugee', 'other_01574'],
  type_of_placement: 'kinship_care_20417',
  consent_reporting: 'true',
  location_current: '10060802',
  location_caregiver: '1020105',
  services_section: [service()],
  ...fields,
});

/** Maps a record, and counts what had no label or place. */
export const mapped = (source: CaseRecord) => {
  const unmapped: Record<string, number> = {};
  const onUnmapped = (field: string) => {
    unmapped[field] = (unmapped[field] ?? 0) + 1;
  };
  const gazetteer = toGazetteer(locationRows);
  return { ...mapCase(source, { gazetteer, onUnmapped }), unmapped };
};

/** A batch in which no value is shared yet. */
export const noneShared = (): Shared => ({ values: [], numbers: new Map(), bytes: 0 });

/** A record as upsert-cases gets it: cut to what the mapping reads, and cloned on its way. */
export const cut = (source: CaseRecord): CaseRecord => {
  const shared = noneShared();
  const row = packRecord(source, 'window', shared);
  const [handedOn, values] = JSON.parse(JSON.stringify([row, shared.values]));
  return unpackRecord(handedOn, values).record;
};
