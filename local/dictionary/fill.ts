import type { Credentials } from '../credentials/schema.ts';
import { checkViews } from '../ona/check-views.ts';
import { withOna } from '../ona/connect.ts';
import { toEntries } from './entries.ts';
import { readVocabulary } from './read-primero.ts';
import type { Finding } from './types.ts';
import { type Written, writeEntries } from './write.ts';

export type DictionaryReport = Written & { findings: Finding[] };

/**
 * Fills ONA's `data_dictionary` from Primero's forms and option lists, in English and Khmer. A second run changes
 * nothing. The ONA team's own rows stay as they are, unless `overwrite`.
 * @param file path of the credentials file, for messages
 * @throws {UserError} where Primero or ONA refuses
 */
export const fillDictionary = async (
  { primero, ona }: Pick<Credentials, 'primero' | 'ona'>,
  { overwrite = false, file }: { overwrite?: boolean; file?: string | undefined } = {},
): Promise<DictionaryReport> => {
  await withOna(ona, (client) => checkViews(client, file));
  const { entries, findings } = toEntries(await readVocabulary(primero));
  const written = await withOna(ona, (client) => writeEntries(client, entries, overwrite));
  return { ...written, findings };
};
