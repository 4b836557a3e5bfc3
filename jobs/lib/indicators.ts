import { HIGHEST_AGE } from './settings.ts';
import type { CaseRecord } from './types.ts';

/** What the dashboard counts: 4.8 (reintegration) and 4.11a (under18). */
export const COUNTED = ['reintegration', 'under18'] as const;

/** What Primero is asked for. `leavers` are too old for 4.11a: ONA may hold them from when they were not. */
export const INDICATORS = [...COUNTED, 'leavers'] as const;

export type Counted = (typeof COUNTED)[number];
export type Indicator = (typeof INDICATORS)[number];

/** Primero's code of the type *Children Undergoing Reintegration*. */
export const REINTEGRATION_TYPE = 'children_undergoing_reintegration_55427';

const OLDEST_CHILD = 17;

/** An age as a whole number of years, also where it is written as text; null where it is none. */
export const toAge = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null;
  return typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : null;
};

/**
 * The age that Primero's search goes by: its column of whole numbers keeps the digits that a value starts with.
 * So `17.5` and `12 years` are found among children and must not look like a dropped filter; the mapping rejects
 * them.
 */
const searchedAge = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : null;
  const [digits] = (typeof value === 'string' && /^\s*-?\d+/.exec(value)) || [];
  return digits === undefined ? null : Number(digits);
};

export const isReintegration = (record: CaseRecord): boolean =>
  record.type_of_case === REINTEGRATION_TYPE;

export const isUnder18 = (record: CaseRecord): boolean => {
  const age = searchedAge(record.age);
  return age !== null && age >= 0 && age <= OLDEST_CHILD;
};

const isLeaver = (record: CaseRecord): boolean => {
  const age = searchedAge(record.age);
  return age !== null && age > OLDEST_CHILD && age <= HIGHEST_AGE;
};

/** For each indicator: Primero's filter (field and value), and the same rule over a record that came. */
export const FILTERS: Record<
  Indicator,
  { field: string; value: string; matches: (record: CaseRecord) => boolean }
> = {
  reintegration: {
    field: 'type_of_case',
    value: REINTEGRATION_TYPE,
    matches: isReintegration,
  },
  under18: { field: 'age', value: `0..${OLDEST_CHILD}`, matches: isUnder18 },
  leavers: { field: 'age', value: `${OLDEST_CHILD + 1}..${HIGHEST_AGE}`, matches: isLeaver },
};
