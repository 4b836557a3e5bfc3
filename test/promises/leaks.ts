import { TAINT } from '../../local/primero/index.ts';

/** Values of credentials, each unlike anything else. */
export const SECRETS = {
  primero: 'SECRET-of-primero-51C0',
  ona: 'SECRET-of-ona-77E2',
  inbox: 'SECRET-of-inbox-0B9D',
};

/** What a case holds in fields that the mapping names: in ONA and on the way there, and nowhere else. */
export const MAPPED = 'MAPPED-4A6B';

/** One place where something was found, such as `log` or a file's name, and what it held. */
export type Found = { where: string; text: string };

const FORBIDDEN = [
  TAINT,
  ...Object.values(SECRETS),
  ...[`sync:${SECRETS.primero}`, SECRETS.primero].map((text) =>
    Buffer.from(text).toString('base64'),
  ),
];

/**
 * What leaked, as `marker in place`: a field that the mapping does not name, or a credential, anywhere; and
 * content that the mapping does name where `mayHoldContent` does not say that it belongs there.
 */
export const findLeaks = (
  found: readonly Found[],
  mayHoldContent: (where: string) => boolean = () => false,
): string[] => {
  const leaks = new Set<string>();
  for (const { where, text } of found) {
    const markers = mayHoldContent(where) ? FORBIDDEN : [...FORBIDDEN, MAPPED];
    for (const marker of markers) if (text.includes(marker)) leaks.add(`${marker} in ${where}`);
  }
  return [...leaks];
};
