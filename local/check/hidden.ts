import type { Ask } from './ask-primero.ts';

/** No record has it, so a filter on it finds nothing; one that is dropped finds all. */
const IMPOSSIBLE = 'zzz';

/**
 * Which of these fields the user may not see: Primero drops a filter on such a field. That its
 * search cannot take the value also says that the field is there.
 */
export const askHidden = async (ask: Ask, fields: readonly string[]): Promise<string[]> => {
  const hidden: string[] = [];
  for (const field of fields) {
    const { status, total } = await ask('cases', {
      per: 1,
      page: 1,
      fields: 'id',
      [field]: IMPOSSIBLE,
    });
    if (status === 200 && total !== 0) hidden.push(field);
  }
  return hidden;
};
