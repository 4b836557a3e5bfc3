import { ownState } from '../own-folders.ts';
import { IS_INSTALLED, inProject } from '../paths.ts';
import type { Terminal } from './terminal.ts';

/** What people type in a clone, and what they type instead where the package is installed. */
const INSTALLED: readonly (readonly [inClone: RegExp, installed: () => string])[] = [
  [/npm run -s cli --/g, () => 'primero-ona-sync'],
  [/npm start/g, () => 'primero-ona-sync sync --sandbox'],
  [/(?<!\/)state\/local/g, ownState],
  [/(?<!\/)state\/[\w.-]+\.json/g, () => inProject('state', 'credentials.example.json')],
];

/**
 * Adapts a text of the command to this machine. All texts name commands and folders as they are in a clone.
 * @example <caption>Where the package is installed</caption>
 * asCalled('run `npm run -s cli -- migrate`', true) // 'run `primero-ona-sync migrate`'
 */
export const asCalled = (text: string, isInstalled = IS_INSTALLED): string =>
  isInstalled ? INSTALLED.reduce((said, [from, to]) => said.replace(from, to), text) : text;

/** A terminal in which commands are written as they are typed on this machine. */
export const calledHere = ({ out, err }: Terminal, isInstalled = IS_INSTALLED): Terminal => {
  if (!isInstalled) return { out, err };
  return {
    out: {
      write: (text) => out.write(asCalled(text, true)),
      ...(out.columns && { columns: out.columns }),
    },
    err: { write: (text) => err.write(asCalled(text, true)), ...(err.isTTY && { isTTY: true }) },
  };
};
