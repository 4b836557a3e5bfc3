import { ERRORS, type ErrorCode } from '../../jobs/lib/errors.ts';
import { SAFETY_LAG_SECONDS } from '../../jobs/lib/settings.ts';
import { number } from '../cli/words.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';
import { type Answer, askPrimero } from './ask-primero.ts';
import { codeLines } from './codes.ts';
import { askFields, fieldLines, missingFields } from './fields.ts';
import { askFilters, familyLine, filterLines } from './filters.ts';
import { askHidden } from './hidden.ts';
import { about, type Line } from './line.ts';

const BY_STATUS: Record<number, ErrorCode> = {
  401: 'PRIMERO_SIGN_IN',
  403: 'PRIMERO_FORBIDDEN',
  429: 'PRIMERO_UNAVAILABLE',
  502: 'PRIMERO_UNAVAILABLE',
  503: 'PRIMERO_UNAVAILABLE',
  504: 'PRIMERO_UNAVAILABLE',
};

const signIn = about('Primero');

const refusal = ({ status, records, total }: Answer): Line | null => {
  if (records && total !== null && status === 200) return null;
  const isOther = status === 200;
  const code = isOther ? 'PRIMERO_BAD_ANSWER' : (BY_STATUS[status] ?? 'PRIMERO_REFUSED');
  const what = isOther ? 'what answers is not Primero' : `Primero answers with status ${status}`;
  return signIn.problem(what, ERRORS[code]);
};

const clockLine = ({ clock }: Answer): Line => {
  const line = about("Primero's clock");
  if (!clock) return line.warning('not told', 'Compare the clocks by hand.');
  const ahead = Math.round((clock.theirs - clock.ours) / 1000);
  const text = `${Math.abs(ahead)} s ${ahead < 0 ? 'behind' : 'ahead of'} ours`;
  const mend = `Set the clock that is wrong: a sync allows for ${SAFETY_LAG_SECONDS} s between Primero's and the one that runs it.`;
  if (Math.abs(ahead) >= SAFETY_LAG_SECONDS / 2) return line.problem(text, mend);
  return Math.abs(ahead) > 60 ? line.warning(text, mend) : line.ok(text);
};

/** Asks Primero for all that a sync needs of it; no case is written or kept. */
export const checkPrimero = async (
  primero: PrimeroCredential,
  signal: AbortSignal,
): Promise<Line[]> => {
  const ask = askPrimero(primero, signal);
  const first = await ask('cases', { per: 1, page: 1, fields: 'id' });
  const refused = refusal(first);
  if (refused) return [refused];
  const [filters, fields, forms, lookups] = await Promise.all([
    askFilters(ask),
    askFields(ask),
    ask('forms', { record_type: 'case' }),
    ask('lookups', { per: 1000, page: 1 }),
  ]);
  const total = first.total!;
  const unseen = total > 0 ? await askHidden(ask, missingFields(fields)) : [];
  return [
    total > 0
      ? signIn.ok(`signed in; the user sees ${number(total)} cases`)
      : signIn.warning('signed in; the user sees no case', 'Let the role see the cases to sync.'),
    clockLine(first),
    familyLine(filters, primero.basicAuth),
    ...filterLines(filters, total),
    ...fieldLines(fields, unseen),
    ...codeLines(forms, lookups),
  ];
};
