import type { LoggedRequest } from '../../local/primero/index.ts';

const indicatorOf = ({ type_of_case: type, age }: Record<string, string>): string | null => {
  if (type) return 'reintegration';
  return age ? (age === '0..17' ? 'under18' : 'leavers') : null;
};

/**
 * The ranges in which Primero was asked for cases, by indicator, each once and in the order of time; questions
 * for a number alone and for what has changed since are left out.
 */
export const pagesAsked = (requests: readonly LoggedRequest[]): Record<string, string[]> => {
  const ranges: Record<string, Set<string>> = {};
  for (const { query } of requests) {
    const indicator = indicatorOf(query);
    if (indicator === null || query.per === '1') continue;
    ranges[indicator] ??= new Set();
    ranges[indicator].add(query.last_updated_at!.replace('.999Z', 'Z'));
  }
  return Object.fromEntries(Object.entries(ranges).map(([name, set]) => [name, [...set].sort()]));
};

/** How often Primero was asked for the number of an indicator alone. */
export const countsAsked = (requests: readonly LoggedRequest[]): number =>
  requests.filter(({ query }) => query.per === '1' && (query.type_of_case ?? query.age)).length;
