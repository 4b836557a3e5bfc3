import { plural } from '../cli/words.ts';
import type { Covering, Why } from './read-why.ts';

const INDICATORS: Record<string, string> = {
  reintegration: 'reintegration (4.8)',
  under18: 'under 18 (4.11a)',
  leavers: 'leavers (too old for 4.11a)',
};

const nameOf = (indicator: string): string => INDICATORS[indicator] ?? indicator;

const sayCovering = ({ syncId, batch, indicator, mode, fetchedAt, writtenAt }: Covering): string =>
  `batch ${batch} of ${mode} ${syncId}, as ${nameOf(indicator)}: fetched ${fetchedAt}, written ${writtenAt}`;

const countsFor = ({ inReintegration, inUnder18 }: NonNullable<Why['row']>): string => {
  const counted = [inReintegration && 'reintegration', inUnder18 && 'under18'].filter(Boolean);
  return counted.length === 0
    ? 'no indicator'
    : counted.map((each) => nameOf(`${each}`)).join(' and ');
};

/** Requests of a batch cover a second each by itself: those that can have brought the case. */
const counting = (row: NonNullable<Why['row']>, batches: Covering[]): Covering[] => {
  const flags: Record<string, boolean | null> = {
    reintegration: row.inReintegration,
    under18: row.inUnder18,
    leavers: !row.inReintegration && !row.inUnder18,
  };
  return batches.filter(({ indicator }) => flags[indicator]);
};

const sayRow = (row: NonNullable<Why['row']>): string[] => {
  if (row.primeroId === null)
    return [
      `Case ${row.caseId} is in ONA, left by an earlier integration: no sync has met it.`,
      'It stays as it is until Primero has a case of that number.',
    ];
  const writers = counting(row, row.writtenBy ?? []);
  const others = counting(row, row.seenBy ?? []).filter(({ syncId }) => syncId !== row.syncId);
  return [
    `Case ${row.caseId} is in ONA, with ${plural(row.services, 'service', 'services')}. It counts for ${countsFor(row)}.`,
    `  id in Primero             ${row.primeroId}`,
    `  last updated in Primero   ${row.updatedInPrimero}`,
    `  row last written          ${row.writtenAt}, by sync ${row.syncId}`,
    ...writers.map((each) => `  brought by                ${sayCovering(each)}`),
    ...(writers.length === 0
      ? ['  brought by                a batch that mended a difference, or whose line is gone']
      : []),
    ...others.map((each) => `  met again, left as it was ${sayCovering(each)}`),
  ];
};

const sayReject = (reject: Why['rejects'][number], own: string | null | undefined): string => {
  const { scope, field, reason, heldBy, primeroId, syncId, batch, writtenAt } = reject;
  const at = `${writtenAt}, batch ${batch} of sync ${syncId}`;
  if (heldBy !== null && heldBy === own && scope === 'service')
    return `Another child, ${primeroId} in Primero, has a service with the same unique_id as one of this case; it is in ONA here alone (${at}).`;
  if (heldBy !== null && heldBy === own)
    return `Another child, ${primeroId} in Primero, has the same case_id and is not in ONA (${at}).`;
  const holder = heldBy === null ? '' : `; ${heldBy} in Primero has it`;
  const what = scope === 'case' ? 'Its newest record' : 'A service of it';
  return `${what} could not be loaded: ${field} ${reason}${holder} (${at}).`;
};

/** What is known of a case as lines for people; none where nothing is known. */
export const sayWhy = ({ row, rejects, surplus }: Why): string[] => [
  ...(row ? sayRow(row) : []),
  ...(!row && (rejects.length > 0 || surplus.length > 0) ? ['The case is not in ONA.'] : []),
  ...rejects.map((reject) => sayReject(reject, row?.primeroId)),
  ...surplus.map(
    ({ indicator, syncId, batch, removedAt }) =>
      `It was taken out of ${nameOf(indicator)}, as Primero no longer had it there (${removedAt}, batch ${batch} of sync ${syncId}).`,
  ),
];
