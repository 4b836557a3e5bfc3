/** Whole seconds in UTC, such as `2026-07-01T00:00:00Z`: the form of every time in a message. */
export type Second = string;

const SECOND_MS = 1000;

/** Cuts a time (ms since 1970, or an ISO date-time) to its second. */
export const toSecond = (time: number | string): Second =>
  `${new Date(toMs(time)).toISOString().slice(0, 19)}Z`;

/** Milliseconds since 1970 of a time; NaN where it is none. */
export const toMs = (time: number | string): number =>
  typeof time === 'number' ? time : Date.parse(time);

/** The second that lies `seconds` after (or, negative, before) a time. */
export const addSeconds = (time: number | string, seconds: number): Second =>
  toSecond(toMs(time) + seconds * SECOND_MS);

/** The later of two seconds. They have one form, so text order is time order. */
export const later = (a: Second, b: Second): Second => (a > b ? a : b);
