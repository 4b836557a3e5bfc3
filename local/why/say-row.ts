import { indicatorWithCode } from '../indicator-name.ts';
import { plural } from '../words.ts';
import type { CaseRow, Counted } from './read-why.ts';

const KINDS = {
  census: 'a census',
  changes: 'which brought over what changed',
  range: 'which read some cases again',
};

const iso = (when: Date | null): string => when?.toISOString() ?? 'not known';

const sayCounted = ({ indicator, since, until }: Counted): string => {
  const name = indicatorWithCode(indicator);
  if (until === null) return `  counts for                ${name}, since ${iso(since)}`;
  return `  counted for               ${name}, from ${iso(since)} until ${iso(until)}`;
};

const saySync = ({ syncId, syncKind, syncBeganAt }: CaseRow): string => {
  if (syncKind === null) return `${syncId}, of which ONA keeps no more`;
  return `${syncId}, ${KINDS[syncKind]}, begun ${iso(syncBeganAt)}`;
};

/** Where a case in ONA comes from, and what it counts for. */
export const sayRow = (row: CaseRow, indicators: readonly Counted[]): string[] => {
  if (row.primeroId === null)
    return [
      `Case ${row.caseId} is in ONA, left by an earlier integration: no sync has met it.`,
      'It stays as it is, and no indicator counts it, until Primero has a case of that number.',
    ];
  return [
    `Case ${row.caseId} is in ONA, with ${plural(row.services, 'service', 'services')}.`,
    `  id in Primero             ${row.primeroId}`,
    `  created in Primero        ${iso(row.createdInPrimero)}`,
    `  last updated in Primero   ${iso(row.updatedInPrimero)}`,
    `  row last written          ${iso(row.writtenAt)}`,
    `  by sync                   ${saySync(row)}`,
    ...indicators.map(sayCounted),
    ...(indicators.length === 0 ? ['  counts for                no indicator, and never did'] : []),
  ];
};
