import type { PrimeroCredential } from '../credentials/schema.ts';
import { askPrimero } from '../primero-client/ask-primero.ts';
import { refusalOf } from '../primero-client/refusal.ts';
import { number } from '../words.ts';
import { codeLines, codesInRecords } from './codes.ts';
import { fieldLines } from './fields.ts';
import { askFilters, familyLine, filterLines, recordsIn } from './filters.ts';
import { askHidden } from './hidden.ts';
import { about, type Line } from './line.ts';
import { sizeLine } from './size.ts';

/**
 * Asks Primero for all that a sync needs. No case is written or kept.
 * @throws {UserError} if Primero allows this user nothing
 */
export const checkPrimero = async (
  primero: PrimeroCredential,
  signal: AbortSignal,
): Promise<Line[]> => {
  const ask = askPrimero(primero, () => signal);
  const first = await ask('cases', { per: 1, page: 1, fields: 'id' });
  const refused = refusalOf(first, primero, 'cases');
  if (refused) throw refused;
  const filters = await askFilters(ask);
  const total = first.total ?? 0;
  const records = recordsIn(filters);
  const signIn = about('Primero');
  return [
    total > 0
      ? signIn.ok(`signed in; the user sees ${number(total)} cases`)
      : signIn.warning(
          'signed in; the user sees no case',
          'Allow the role to see the cases to sync.',
        ),
    familyLine(filters, primero.basicAuth),
    sizeLine(filters, total),
    ...filterLines(filters, total),
    ...fieldLines(records, await askHidden(ask, records), primero.user),
    ...codeLines(codesInRecords(records), 'Primero'),
  ];
};
