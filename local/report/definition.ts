import type { Definition, ReportData } from './data.ts';
import { type Html, html } from './html.ts';
import { plainLabel } from './say.ts';
import { type Language, WORDS } from './words.ts';

/**
 * What must hold for a child to count, each as a sentence.
 * @param placements names of those that do not count
 */
export const conditionsOf = (
  { name, also, needsConsent, byPlacement }: Definition,
  placements: string,
  language: Language,
): string[] => {
  const words = WORDS[language].definition;
  return [
    words.cases[name as keyof typeof words.cases] ?? name,
    also ? words.under18 : null,
    needsConsent ? words.consent : null,
    byPlacement
      ? words.placements.replace('{list}', () => placements || WORDS[language].none)
      : null,
  ].filter((line) => line !== null);
};

/** What an indicator counts and what it doesn't, from which fields, and what to keep in mind. */
export const definitionList = (
  definition: Definition,
  { uncounted }: Pick<ReportData, 'uncounted'>,
  language: Language,
): Html => {
  const words = WORDS[language].definition;
  const { code, measures } = definition;
  const placements = uncounted.map((placement) => plainLabel(placement, language)).join(', ');
  const conditions = conditionsOf(definition, placements, language);
  const notes = words.notes[code as keyof typeof words.notes] ?? [];
  return html`<details open class="definition"><summary>${words.heading}</summary>
<p>${words.counted}</p><ul>${conditions.map((line) => html`<li>${line}</li>`)}</ul>
<ul class="notes">${measures.includes('served') ? html`<li>${words.served}</li>` : null}${[...notes, words.ages, words.openAtEnd].map((line) => html`<li>${line}</li>`)}</ul></details>`;
};
