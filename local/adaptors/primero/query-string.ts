const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const pairs = (key: string, value: unknown): string[] => {
  if (value === undefined || typeof value === 'function') return [];
  if (value === null) return [`${encode(key)}=`];
  if (value instanceof Date) return [`${encode(key)}=${encode(value.toISOString())}`];
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, inner]) => pairs(`${key}[${name}]`, inner));
  return [`${encode(key)}=${encode(String(value))}`];
};

/**
 * A query as the official adaptor writes it: nested keys in brackets, null as an empty value,
 * undefined left out. Empty, or with its `?`.
 */
export const queryString = (query: unknown): string => {
  if (typeof query !== 'object' || query === null) return '';
  const all = Object.entries(query).flatMap(([key, value]) => pairs(key, value));
  return all.length > 0 ? `?${all.join('&')}` : '';
};
