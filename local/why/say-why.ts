import type { Why } from './read-why.ts';
import { sayFinding } from './say-finding.ts';
import { sayReject } from './say-reject.ts';
import { sayRow } from './say-row.ts';

/** What is known of a case, as lines for people; none if nothing is known. */
export const sayWhy = ({ row, indicators, rejects, findings }: Why): string[] => {
  const isKnown = row !== null || rejects.length > 0 || findings.length > 0;
  if (!isKnown) return [];
  return [
    ...(row ? sayRow(row, indicators) : ['The case is not in ONA.']),
    ...rejects.map((reject) => sayReject(reject, row?.primeroId ?? null)),
    ...findings.map((each) => sayFinding(each, row !== null || indicators.length > 0)),
  ];
};
