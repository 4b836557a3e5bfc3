import type { Text } from './types.ts';

const LONGEST_LABEL = 1000;

/** A text of Primero in one language, trimmed; null if there is none that can be stored. */
export const textIn = (text: Text, language: 'en' | 'km'): string | null => {
  const byLanguage = typeof text === 'string' ? { en: text } : Object(text);
  const found: unknown = byLanguage[language];
  if (typeof found !== 'string') return null;
  const label = found.trim().replaceAll(/\s+/g, ' ');
  return label === '' || label.length > LONGEST_LABEL || label.includes('\u0000') ? null : label;
};

/** Whether two labels are the same, apart from case and spaces. */
export const sameLabel = (one: string, other: string): boolean => {
  const plain = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
  return plain(one) === plain(other);
};
