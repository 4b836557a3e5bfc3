const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);
const clock = new Date(0);

/** `2026-03-09` of a time in ms, UTC. */
export const isoDay = (time: number): string => {
  clock.setTime(time);
  return `${clock.getUTCFullYear()}-${two(clock.getUTCMonth() + 1)}-${two(clock.getUTCDate())}`;
};

/** `2026-03-09T10:38:34.074Z` of a time in ms: the form in which Primero writes date-times. */
export const isoTime = (time: number): string => {
  clock.setTime(time);
  return clock.toISOString();
};
