import {
  DISABILITIES,
  PLACEMENTS,
  PROTECTION_CONCERNS,
  SEXES,
  UNKNOWN_CODES,
  UNKNOWN_LOCATIONS,
} from '../codes.ts';
import { placeCodes } from '../gazetteer.ts';
import { isOddOne, mix } from '../hash.ts';
import { displayIdOf } from '../identity.ts';
import { type CaseView, type Maker, pick } from './case-view.ts';
import { isoDay, isoTime } from './dates.ts';
import { services } from './services.ts';

/** How rare the oddities are: one case in each so many. */
export const BAD_DATE_EVERY = 5000;
export const UNKNOWN_CODE_EVERY = 500;
export const UNKNOWN_PLACE_EVERY = 400;

const BAD_DATES = ['unknown', '13/13/2025', '2025-02-31', 'dry season 2024', '20-1-9'];
const DAY = 86_400_000;

/** Whether the case carries an oddity; `which` keeps the oddities apart. */
const odd = (view: CaseView, which: number, every: number) =>
  isOddOne(view.seed, which, view.index, every);

/** A number for one field of one case. */
const draw = (view: CaseView, field: number) => mix(view.base, field);

/** The same for a field that follows the case's changes. */
const drawNow = (view: CaseView, field: number) => mix(mix(view.base, field), view.version);

const registrationDate: Maker = (view) => {
  const n = draw(view, 1);
  if (odd(view, 21, BAD_DATE_EVERY)) return pick(BAD_DATES, n);
  const day = view.madeAt - (n % 30) * DAY;
  const form = (n >>> 8) % 100;
  if (form < 72) return isoDay(day);
  if (form < 84) return isoDay(day).replaceAll('-', '/');
  if (form < 95) return isoTime(day);
  return undefined;
};

const location = (view: CaseView, n: number): string => {
  if (odd(view, 23, UNKNOWN_PLACE_EVERY)) return pick(UNKNOWN_LOCATIONS, n);
  const level = n % 100;
  const drawn = n >>> 7;
  const { province, district, commune } = placeCodes();
  if (level < 78) return pick(commune, drawn) + String(1 + (n % 18)).padStart(2, '0');
  if (level < 88) return pick(commune, drawn);
  return level < 97 ? pick(district, drawn) : pick(province, drawn);
};

const concerns: Maker = (view) => {
  const n = drawNow(view, 5);
  const count = n % 5;
  if (count === 0) return (n >>> 4) % 3 === 0 ? [] : undefined;
  const codes: string[] = [];
  for (let i = 0; i < count; i++) {
    const code = pick(PROTECTION_CONCERNS, mix(n, i));
    if (!codes.includes(code)) codes.push(code);
  }
  if (odd(view, 22, UNKNOWN_CODE_EVERY)) codes.push(pick(UNKNOWN_CODES, n));
  return codes;
};

const CONSENTS = [true, true, true, 'true', 'true', 'true', false, 'false', null, undefined];

/** The fields that config/fields.json maps, with their blanks and their odd values. */
export const MAPPED_FIELDS: readonly (readonly [string, Maker])[] = [
  ['record_state', (view) => view.recordState ?? undefined],
  ['case_id_display', (view) => displayIdOf(view.seed, view.index)],
  ['registration_date', registrationDate],
  ['age', (view) => view.age ?? (draw(view, 2) % 2 ? null : undefined)],
  ['sex', (view) => (draw(view, 3) % 90 === 0 ? undefined : SEXES[sexOf(draw(view, 3))])],
  ['oscar_number', (view) => oscarNumber(draw(view, 4))],
  ['type_of_case', (view) => view.type],
  ['type_of_placement', (view) => placement(drawNow(view, 6))],
  ['disability_type', (view) => disability(draw(view, 7))],
  ['protection_concerns', concerns],
  ['consent_reporting', (view) => pick(CONSENTS, drawNow(view, 8))],
  ['location_current', (view) => unless(drawNow(view, 9), 25, (n) => location(view, n))],
  ['location_caregiver', (view) => unless(draw(view, 10), 8, (n) => location(view, n))],
  ['services_section', services],
];

/** Blank once in so many. */
const unless = (n: number, blankEvery: number, make: (n: number) => string) =>
  n % blankEvery === 0 ? undefined : make(mix(n, 1));

const sexOf = (n: number) => ((n >>> 8) % 100 === 0 ? 2 : (n >>> 16) % 2);

const oscarNumber = (n: number) => {
  const form = n % 10;
  if (form < 3) return `OSC-${100000 + ((n >>> 8) % 900000)}`;
  return form < 5 ? null : form === 5 ? '' : undefined;
};

const placement = (n: number) => (n % 10 < 7 ? pick(PLACEMENTS, n >>> 8) : undefined);

const disability = (n: number) => (n % 6 === 0 ? pick(DISABILITIES, n >>> 8) : undefined);
