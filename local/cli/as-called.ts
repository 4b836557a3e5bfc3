import { ownState } from '../own-folders.ts';
import { IS_INSTALLED, inProject } from '../paths.ts';
import type { Terminal } from './terminal.ts';

/** What people type where the package is installed, for what they type in a clone. */
const INSTALLED: readonly (readonly [inClone: RegExp, installed: () => string])[] = [
  [/npm run -s cli --/g, () => 'primero-ona-sync'],
  [/npm start/g, () => 'primero-ona-sync sync --sandbox'],
  [/(?<!\/)state\/local/g, ownState],
  [/(?<!\/)state\/[\w.-]+\.json/g, () => inProject('state', 'credentials.example.json')],
];

/**
 * A text of the command as it is right here: all texts name commands and folders as they are in a clone.
 * @example <caption>Where the package is installed</caption>
 * asCalled('run `npm run -s cli -- migrate`', true) // 'run `primero-ona-sync migrate`'
 */
export const asCalled = (text: string, isInstalled = IS_INSTALLED): string =>
  isInstalled ? INSTALLED.reduce((said, [from, to]) => said.replace(from, to), text) : text;

/** A terminal that says commands as they are called here. */
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
