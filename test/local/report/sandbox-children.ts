import { readFileSync } from 'node:fs';
import { inProject } from '../../../local/paths.ts';
import type { Lookup } from '../../../local/primero/dictionary/lookups.ts';
import type { PrimeroRecord } from '../../../local/primero/index.ts';
import type { Counting } from '../../db/children.ts';
import type { Counted } from '../../db/recount.ts';

type Service = {
  unique_id?: unknown;
  service_type?: string | null;
  service_implemented_day_time?: string | null;
};

/** Districts and provinces by code, straight from the list of places. */
const [DISTRICTS, PROVINCES] = (() => {
  const rows = readFileSync(inProject('config/places.csv'), 'utf8').trim().split('\n').slice(1);
  const cells = rows.map((row) => row.trim().split(','));
  return [
    new Map(cells.map(([code, , , province]) => [code!, province!])),
    new Set(cells.map(([, , , province]) => province!)),
  ];
})();

/** Codes of places have two digits a level; the first digit of a province below 10 is left out. */
const placeOf = (code: unknown): Counted['place'] => {
  if (typeof code !== 'string') return null;
  if (PROVINCES.has(code)) return [code, null];
  const district = code.slice(0, code.length % 2 === 1 ? 3 : 4);
  return DISTRICTS.has(district) ? [DISTRICTS.get(district)!, district] : null;
};

const dayOf = (text: unknown): string | null =>
  typeof text === 'string' && /^\d{4}/.test(text) ? text.slice(0, 10).replaceAll('/', '-') : null;

/** A code in words, without the number at its end. */
export const wordsOf = (code: string): string => code.replace(/_\d+$/, '').replaceAll('_', ' ');

/** Whether a record counts for each indicator now. */
const countingOf = ({ enabled, age, type_of_case: type }: PrimeroRecord) => ({
  reintegration:
    enabled === true &&
    typeof type === 'string' &&
    type.startsWith('children_undergoing_reintegration'),
  under18: enabled === true && typeof age === 'number' && age >= 0 && age < 18,
});

/** Labels of an option list, by what ONA holds of the option. */
export const labelsOf = (lookups: readonly Lookup[], list: string) => {
  const { values } = lookups.find(({ unique_id }) => unique_id === `lookup-${list}`)!;
  const held = (id: string, label: string) => (list === 'placement-type' ? wordsOf(id) : label);
  return new Map(values.map(({ id, display_text }) => [held(id, display_text.en), display_text]));
};

/**
 * The children that ONA should hold after a second sync, worked out from Primero's records alone.
 * @param before the records at the first sync: who counted then, and does not now, counted until `second`
 * @param second when the second sync began
 */
export const childrenOf = (
  before: readonly PrimeroRecord[],
  now: readonly PrimeroRecord[],
  second: string,
  lookups: readonly Lookup[],
): Counted[] => {
  const once = new Map(before.map((record) => [record.id, countingOf(record)]));
  const label = (list: string, code: unknown): string | null => {
    if (typeof code !== 'string' || code === '') return null;
    const options = lookups.find(({ unique_id }) => unique_id === `lookup-${list}`)!.values;
    return options.find(({ id }) => id === code)?.display_text.en ?? code;
  };
  const kept = (is: boolean, was: boolean | undefined): Counting =>
    is || (was === true && { until: second });
  return now
    .filter(({ enabled }) => enabled === true)
    .map((record): Counted => {
      const [is, was] = [countingOf(record), once.get(record.id)];
      // One without an id cannot be loaded.
      const all = (record.services_section ?? []) as Service[];
      const services = all.filter(({ unique_id }) => unique_id);
      const days = services.map((each) => dayOf(each.service_implemented_day_time));
      const { age, type_of_placement: placement, consent_reporting: consent } = record;
      return {
        name: String(record.id),
        registered: dayOf(record.registration_date),
        sex: label('gender', record.sex),
        age: typeof age === 'number' ? age : null,
        placement: typeof placement === 'string' ? wordsOf(placement) : null,
        disability: label('disability-type', record.disability_type),
        consent: consent === true || consent === 'true' ? 'true' : 'false',
        place: placeOf(record.location_current),
        reintegration: kept(is.reintegration, was?.reintegration),
        under18: kept(is.under18, was?.under18),
        services: services.map(({ service_type }) => label('service-type', service_type)),
        servedOn: days.filter((day) => day !== null),
        isLeftBehind: false,
      };
    })
    .filter(({ reintegration, under18 }) => reintegration !== false || under18 !== false);
};
