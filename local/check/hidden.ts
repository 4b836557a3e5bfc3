import { impossibleQuery, isHidden, type Reply } from '../../jobs/asking/hidden.ts';
import { keylessIn } from '../../jobs/asking/trust.ts';
import { FIELDS } from '../../jobs/mapping/fields.ts';
import type { CaseRecord } from '../../jobs/record.ts';
import type { Ask } from '../primero-client/ask-primero.ts';

/** Mapped fields that no record of the answers has, by whether the user may see them. */
export type Missing = { hidden: string[]; blank: string[] };

/** Asks about each mapped field whose key none of the records has, as get-cases does: is it blank, or hidden? */
export const askHidden = async (ask: Ask, records: readonly CaseRecord[]): Promise<Missing> => {
  const reply = async (field: string): Promise<Reply> => {
    const { status, total } = await ask('cases', impossibleQuery(field));
    return status === 200 && total !== null ? total : 'error';
  };
  const missing: Missing = { hidden: [], blank: [] };
  for (const field of keylessIn(records))
    ((await isHidden(reply, field)) ? missing.hidden : missing.blank).push(field);
  for (const field of FIELDS)
    if (records.every((record) => record[field] === null) && !missing.hidden.includes(field))
      missing.blank.push(field);
  return missing;
};
