import type { RejectRow } from './read-why.ts';

const sayHolder = ({ isIdWanted, heldBy, primeroId }: RejectRow): string => {
  if (!isIdWanted) return '';
  if (heldBy === null) return '; no child has that id now, so the next census loads it';
  return heldBy === primeroId
    ? '; another service of the child has it'
    : `; ${heldBy} in Primero has it`;
};

/** What could not be loaded. `own` is the id in Primero of the case that was asked for, if it is in ONA. */
export const sayReject = (reject: RejectRow, own: string | null): string => {
  const { primeroId, scope, field, reason, heldBy, syncId, writtenAt } = reject;
  const at = `${writtenAt.toISOString()}, sync ${syncId}`;
  if (own !== null && primeroId !== own && heldBy === own)
    return scope === 'service'
      ? `Another child, ${primeroId} in Primero, has a service with the same unique_id as one of this case; it is in ONA here alone (${at}).`
      : `Another child, ${primeroId} in Primero, has the same case_id and is not in ONA as Primero has it (${at}).`;
  const what = scope === 'case' ? `The record of ${primeroId} in Primero` : 'A service of it';
  return `${what} could not be loaded: ${field} ${reason}${sayHolder(reject)} (${at}).`;
};
