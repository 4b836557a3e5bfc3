/** A number as people read it: `12,345`. */
export const number = (value: number): string => value.toLocaleString('en');

/** A count with its noun: `1 batch`, `2 batches`. */
export const plural = (count: number, one: string, many: string): string =>
  `${number(count)} ${count === 1 ? one : many}`;
