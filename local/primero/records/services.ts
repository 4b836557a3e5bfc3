import { SERVICE_TYPES, UNKNOWN_CODES } from '../codes.ts';
import { isOddOne, mix } from '../hash.ts';
import { partIdOf } from '../identity.ts';
import { TAINT } from '../taint.ts';
import { type CaseView, pick } from './case-view.ts';
import { isoDay, isoTime } from './dates.ts';
import { names, words } from './pools.ts';

/** A case can have this many services at most: one bit each. */
export const MOST_SERVICES = 32;

const NO_ID_EVERY = 1000;
const UNKNOWN_TYPE_EVERY = 600;
const DAY = 86_400_000;

const SUBTYPES = SERVICE_TYPES.map((type) => `${type}_${TAINT}`);
const AGENCIES = Array.from({ length: 12 }, (_, n) => `agency-demo-${n} ${TAINT}`);
const RESPONSES = Array.from({ length: 900 }, (_, n) => `${isoDay(1.6e12 + n * DAY)} ${TAINT}`);
const IMPLEMENTED = `implemented ${TAINT}`;
const NOT_IMPLEMENTED = `not_implemented ${TAINT}`;

/** When a service took place, in each form in which it occurs; later changes fill it in. */
const implementedAt = (view: CaseView, part: number, n: number): unknown => {
  const form = (n + 7 * Math.floor((view.version + part) / 5)) % 20;
  const time = view.madeAt + (n % 300) * DAY + (n % 86_399_999);
  if (form < 10) return isoTime(time);
  if (form < 11) return isoDay(time);
  // Solr refuses to save what is no date.
  if (form < 13) return view.forSolr ? null : 'not implemented';
  if (form < 16) return null;
  return form === 16 && !view.forSolr ? '' : undefined;
};

/** One service of a case. */
export const makeService = (view: CaseView, part: number): Record<string, unknown> => {
  const n = mix(mix(view.base, 60), part);
  const unknown = part === 0 && isOddOne(view.seed, 31, view.index, UNKNOWN_TYPE_EVERY);
  const type = unknown ? pick(UNKNOWN_CODES, n) : pick(SERVICE_TYPES, n);
  const unnamed = part === 0 && isOddOne(view.seed, 32, view.index, NO_ID_EVERY);
  const at = implementedAt(view, part, n);
  return {
    unique_id: unnamed ? undefined : partIdOf(view.seed, view.index, 5000, part),
    service_type: type,
    service_subtype: [pick(SUBTYPES, n >>> 2)],
    service_implemented: at ? IMPLEMENTED : NOT_IMPLEMENTED,
    service_implemented_day_time: at,
    service_response_day_time: pick(RESPONSES, n >>> 5),
    service_implementing_agency: pick(AGENCIES, n >>> 9),
    service_provider: pick(names(), n >>> 3),
    note_on_referral_from_provider: pick(words(), n >>> 7),
  };
};

/** The services of a case, in the order of their making; none: a blank, which may be absent. */
export const services = (view: CaseView): unknown => {
  const mask = view.services;
  if (mask === 0) return mix(view.base, 61) % 2 ? [] : undefined;
  const entries: Record<string, unknown>[] = [];
  for (let part = 0; part < MOST_SERVICES; part++)
    if ((mask >>> part) & 1) entries.push(makeService(view, part));
  return entries;
};
