import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Makes a check for one key. Digests are compared, in constant time: they are equally long, so
 * neither the length nor the beginning of a guess shows in the time that the answer takes.
 */
export const keyCheck = (apiKey: string): ((given: unknown) => boolean) => {
  const expected = digest(apiKey);
  return (given) => timingSafeEqual(digest(typeof given === 'string' ? given : ''), expected);
};
