/** What the text of a filter means to Primero. */
export type Value =
  | { kind: 'blank' }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'number'; value: number }
  /** A day without a time, as ms of its midnight, UTC. */
  | { kind: 'day'; time: number; text: string }
  /** ms, with a fraction for microseconds. */
  | { kind: 'time'; time: number; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'list'; values: Value[] }
  | { kind: 'range'; from: Value; to: Value };

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T \t]+(\d{1,2}):(\d\d):(\d\d)(\.\d*)?[ \t]*(Z|[-+]\d\d(?::?\d\d)?)?$/;

/** ms of a date, or undefined where the calendar has none such. */
const midnight = (year: number, month: number, day: number): number | undefined => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
};

const offsetOf = (zone: string | undefined): number => {
  if (!zone || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
};

const parseTime = (text: string): number | undefined => {
  const [, year, month, day, hour, minute, second, part, zone] = TIME.exec(text) ?? [];
  if (!year) return undefined;
  const start = midnight(Number(year), Number(month), Number(day));
  if (start === undefined || Number(hour) > 24 || Number(minute) > 59) return undefined;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const whole = start + seconds * 1000 - offsetOf(zone);
  return whole + Math.floor(Number(part ?? 0) * 1e6 + 1e-3) / 1000;
};

/**
 * Reads the text of a filter, which all families do alike: whole numbers, true and false, dates,
 * date-times (UTC where no zone is given), comma lists, `from..to`.
 */
export const parseValue = (text: string | undefined): Value => {
  if (text === undefined || text === '') return { kind: 'blank' };
  const [, year, month, day] = DAY.exec(text) ?? [];
  const date = year ? midnight(Number(year), Number(month), Number(day)) : undefined;
  if (date !== undefined) return { kind: 'day', time: date, text };
  const time = parseTime(text);
  if (time !== undefined) return { kind: 'time', time, text };
  if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true' };
  if (/^\d+$/.test(text)) return { kind: 'number', value: Number(text) };
  if (text.includes(',')) return { kind: 'list', values: text.split(',').map(parseValue) };
  if (text.includes('..')) {
    const [from, to] = text.split('..');
    return { kind: 'range', from: parseValue(from), to: parseValue(to) };
  }
  return { kind: 'text', text };
};
