/** How single values of Primero become values of ONA. config/README.md explains the kinds. All functions throw Reject. */

import { HIGHEST_AGE, LONGEST_TEXT } from '../policy.ts';
import { isDay } from '../time.ts';
import { Reject } from './reject.ts';

/** Whether a value is blank. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Nearly all texts are codes, ids and times, which need no closer look. None of these is blank. */
const PLAIN = /^[!-~][ -~]*$/;

/** NUL, and halves of surrogate pairs. PostgreSQL refuses both, and would refuse the whole batch with them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
const UNSTORABLE = /\u0000|[\uD800-\uDFFF]/u;

/** A code, id or text. A whole number is taken as one. Blank → null. */
export const toText = (value: unknown): string | null => {
  if (typeof value === 'string' && value.length <= LONGEST_TEXT && PLAIN.test(value)) return value;
  if (isBlank(value)) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string') throw new Reject('NOT_TEXT');
  if (Buffer.byteLength(value) > LONGEST_TEXT) throw new Reject('TOO_LONG');
  if (UNSTORABLE.test(value)) throw new Reject('UNSTORABLE');
  return value;
};

/** Makes a rule for a value that must not be missing. */
export const required =
  <T extends string>(rule: (value: unknown) => T | null) =>
  (value: unknown): T => {
    const found = rule(value);
    if (found === null) throw new Reject('MISSING');
    return found;
  };

/** A code in words: `kinship_care_20417` → `kinship care`. A code without a word stays as it is. */
export const toWords = (value: unknown): string | null => {
  const code = toText(value);
  if (code === null) return null;
  const words = code.replace(/_\d+$/, '').replaceAll('_', ' ');
  return words.trim() === '' ? code : words;
};

/** An age as a whole number of years, even if it is written as text; null if it is not an age. */
const toAge = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null;
  return typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : null;
};

/** A whole number of years, or null. */
export const toYears = (value: unknown): number | null => {
  if (isBlank(value)) return null;
  const age = toAge(value);
  if (age === null || age < 0 || age > HIGHEST_AGE) throw new Reject('NOT_AN_AGE');
  return age;
};

/** `true` or `false` as text. A missing value is `false`. */
export const toConsent = (value: unknown): 'true' | 'false' => {
  if (value === true || value === 'true') return 'true';
  if (value === false || value === 'false' || isBlank(value)) return 'false';
  throw new Reject('NOT_TRUE_OR_FALSE');
};

const DATE = /^(\d{4})[-/](\d{2})[-/](\d{2})(?=$|[T ])/;
const TIME = /^[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Splits `2026/01/09T10:20:42Z` into `2026-01-09` and the rest; null if the day is not in the calendar. */
const splitDate = (text: string): { day: string; rest: string } | null => {
  const match = DATE.exec(text);
  if (!match) return null;
  const [found, year, month, day] = match as unknown as [string, string, string, string];
  if (!isDay(Number(year), Number(month), Number(day))) return null;
  return { day: `${year}-${month}-${day}`, rest: text.slice(found.length) };
};

/** A day as Primero writes it, up to the 28th: every month has it, so the calendar need not be checked. */
const PLAIN_DAY = /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/;

/** The day of `YYYY-MM-DD`, `YYYY/MM/DD` or a date-time, as it is written there. */
export const toDay = (value: unknown): string | null => {
  if (typeof value === 'string' && PLAIN_DAY.test(value)) return value;
  const text = toText(value);
  if (text === null) return null;
  const date = splitDate(text.trim());
  if (!date || (date.rest !== '' && !TIME.test(date.rest))) throw new Reject('NOT_A_DATE');
  return date.day;
};

/** A time as Primero writes it and as it is passed on, on a day that every month has. */
const PLAIN_TIME =
  /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** A date-time in UTC. One without a zone is taken as UTC, and a day as its midnight. `not implemented` → null. */
export const toTimestamp = (value: unknown): string | null => {
  if (typeof value === 'string' && PLAIN_TIME.test(value)) return value;
  const text = toText(value)?.trim() ?? null;
  if (text === null || /^not[ _]implemented$/i.test(text)) return null;
  const date = splitDate(text);
  if (!date || (date.rest !== '' && !TIME.test(date.rest))) throw new Reject('NOT_A_TIME');
  const time = date.rest === '' ? '00:00:00' : date.rest.slice(1);
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(time) ? time : `${time}Z`;
  const at = new Date(`${date.day}T${zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')}`);
  // A zone may shift the time beyond the years that PostgreSQL and ISO 8601 write with four digits.
  const iso = Number.isNaN(at.getTime()) ? '' : at.toISOString();
  if (!/^(?!0000)\d{4}-/.test(iso)) throw new Reject('NOT_A_TIME');
  return iso;
};

/** The entries of a list. A single code is taken as a list of one. Blank → none. */
export const toList = (value: unknown): unknown[] => {
  if (isBlank(value)) return [];
  if (Array.isArray(value)) return value;
  if (typeof value === 'object') throw new Reject('NOT_A_LIST');
  return [value];
};
