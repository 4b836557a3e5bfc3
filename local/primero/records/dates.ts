const DAY = 86_400_000;
const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);
const TWO = Array.from({ length: 60 }, (_, n) => two(n));
const THREE = Array.from({ length: 1000 }, (_, n) => `.${String(n).padStart(3, '0')}Z`);
const clock = new Date(0);

/** Days are few and come again and again; writing one anew takes longest. */
const days = new Map<number, string>();

const dayText = (day: number): string => {
  const known = days.get(day);
  if (known !== undefined) return known;
  clock.setTime(day * DAY);
  const text = clock.toISOString().slice(0, 10);
  if (days.size < 20_000) days.set(day, text);
  return text;
};

/** `2026-03-09` of a time in ms, UTC. */
export const isoDay = (time: number): string => dayText(Math.floor(time / DAY));

/** `2026-03-09T10:38:34.074Z` of a time in ms: the form in which Primero writes date-times. */
export const isoTime = (time: number): string => {
  const day = Math.floor(time / DAY);
  const ms = Math.floor(time - day * DAY);
  const hour = TWO[Math.floor(ms / 3_600_000)];
  const minute = TWO[Math.floor(ms / 60_000) % 60];
  const second = TWO[Math.floor(ms / 1000) % 60];
  return `${dayText(day)}T${hour}:${minute}:${second}${THREE[ms % 1000]}`;
};
