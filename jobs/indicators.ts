import config from '#config/indicators.json';
import type { CaseRecord } from './record.ts';

/** A rule on one field of a record: a range of whole numbers, both ends included, or a list of allowed values. */
export type Rule =
  | { field: string; from: number; to: number; is?: never }
  | { field: string; is: readonly string[]; from?: never; to?: never };

/** What the dashboard counts: a name and its rules, all of which must hold. */
export interface Indicator {
  name: string;
  rules: readonly Rule[];
}

/**
 * The indicators of config/indicators.json. Primero is asked once for each, in this order. The one with the most children
 * comes first, so that the ends of its windows suit the others.
 */
export const INDICATORS = config as readonly Indicator[];

/** Rules as parameters of Primero's search. */
export const toFilters = ({ rules }: Indicator): Record<string, string> =>
  Object.fromEntries(
    rules.map(({ field, from, to, is }) => [field, is?.join(',') ?? `${from}..${to}`]),
  );

/**
 * The whole number that Primero's search uses: the digits at the start of a value. So it finds `17.5` and `12 years`
 * among children, and they must not look like a dropped filter. The mapping rejects them.
 */
const searchedNumber = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : null;
  const [digits] = (typeof value === 'string' && /^\s*-?\d+/.exec(value)) || [];
  return digits === undefined ? null : Number(digits);
};

/** Whether a record meets a rule, as Primero's search would judge it. */
export const keeps = (record: CaseRecord, { field, from, to, is }: Rule): boolean => {
  if (is !== undefined) return is.includes(record[field] as string);
  const number = searchedNumber(record[field]);
  return number !== null && number >= from && number <= to;
};

/** Names of the indicators that a record counts for, whichever of them it was asked for. */
export const countsFor = (record: CaseRecord): string[] =>
  INDICATORS.filter(({ rules }) => rules.every((rule) => keeps(record, rule))).map(
    ({ name }) => name,
  );
