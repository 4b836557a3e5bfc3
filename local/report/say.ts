import type { Labelled } from './data.ts';
import { type Html, html } from './html.ts';
import { type Language, WORDS } from './words.ts';

/** A number as people read it, with Arabic digits in both languages. */
export const number = (value: number): string => value.toLocaleString('en');

/** A time in UTC, to the minute. */
export const time = (at: Date, language: Language): string => {
  const format = new Intl.DateTimeFormat(language === 'km' ? 'km' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
    hourCycle: 'h23',
    numberingSystem: 'latn',
  });
  return `${format.format(at)} UTC`;
};

/** A label as text, for charts: the language's, else the English one, else the value itself. */
export const plainLabel = ({ value, en, km }: Labelled, language: Language): string => {
  if (value === null) return WORDS[language].unknown;
  return (language === 'km' ? km : null) ?? en ?? value;
};

/** Text that may break after each underscore, as codes have no spaces. */
export const breakable = (text: string): Html =>
  html`${text.split('_').map((part, n) => (n === 0 ? html`${part}` : html`_<wbr>${part}`))}`;

/** A label in a table. One that has no Khmer is English, marked as such for eyes and screen readers. */
export const label = (labelled: Labelled, language: Language): Html => {
  const text = plainLabel(labelled, language);
  if (language === 'en' || labelled.value === null || labelled.km !== null) return breakable(text);
  return html`<span lang="en">${breakable(text)}</span><abbr title="${WORDS.km.notTranslated}">*</abbr>`;
};
