/** Whole seconds in UTC, such as `2026-07-01T00:00:00Z`: the form of every time in a message. */
export type Second = string;

const SECOND_MS = 1000;

/** Cuts a time (ms since 1970, or an ISO date-time) to whole seconds. */
export const toSecond = (time: number | string): Second =>
  `${new Date(toMs(time)).toISOString().slice(0, 19)}Z`;

/** Milliseconds since 1970 of a time; NaN if the value is not a time. */
export const toMs = (time: number | string): number =>
  typeof time === 'number' ? time : Date.parse(time);

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a day exists in the calendar, from year 1 on. `Date` would read 30 February as a day in March. */
export const isDay = (year: number, month: number, day: number): boolean => {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= days;
};

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):?[0-5]\d)$/;

/** Whether a value is a date-time with a zone, as Primero writes `last_updated_at`. */
export const isInstant = (value: unknown): value is string => {
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
};

/** The second that is `seconds` after a time (before it, if negative). */
export const addSeconds = (time: number | string, seconds: number): Second =>
  toSecond(toMs(time) + seconds * SECOND_MS);
