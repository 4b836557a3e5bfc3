import { type Html, html } from './html.ts';
import { WORDS } from './words.ts';

/** A file that the page carries inside, and offers. */
export type Download = {
  /** What people know it by, such as Excel. */
  label: string;
  /** How the saved file is called. */
  name: string;
  /** Its media type. */
  type: string;
  content: Buffer;
};

/** A button for each file. Its content is in the link: so it is there though the page was sent on its own. */
export const downloadButtons = (downloads: readonly Download[]): Html | null => {
  if (downloads.length === 0) return null;
  const links = downloads.map(
    ({ label, name, type, content }) =>
      html` <a download="${name}" href="data:${type};base64,${content.toString('base64')}">${label}</a>`,
  );
  return html`<p class="downloads"><span lang="en">${WORDS.en.download}</span><span lang="km">${WORDS.km.download}</span>${links}</p>`;
};
