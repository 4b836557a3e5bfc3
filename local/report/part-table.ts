import type { Shown } from '../figures/shown.ts';
import type { Labelled } from './data.ts';
import { type Html, html } from './html.ts';
import { label } from './say.ts';
import { type Language, WORDS } from './words.ts';

/** A row: what it is of, and how many children. */
export type Part = {
  labels: Labelled[];
  shown: Shown;
  /** The same one quarter and one year before. */
  before: readonly [Shown, Shown];
};

export type PartTable = {
  name: string;
  caption: string;
  /** Headings of the columns of labels. */
  headings: string[];
  parts: readonly Part[];
  language: Language;
};

/** A cell with a count, and a bar as long as its share of the largest one; nothing is worked out from exact counts. */
export const barCell = ({ text, value }: Shown, largest: number): Html =>
  html`<td class="bar" style="--w:${((100 * (value ?? 0)) / Math.max(1, largest)).toFixed(1)}">${text}</td>`;

/** The headings of what stands beside each number. */
export const beforeHeads = (language: Language): Html =>
  html`${WORDS[language].beside.map((heading) => html`<th scope="col" class="before">${heading}</th>`)}`;

/** The same number one quarter and one year before. */
export const beforeCells = (before: readonly Shown[]): Html =>
  html`${before.map(({ text }) => html`<td class="before">${text}</td>`)}`;

/** How the children of an indicator divide in one quarter. */
export const partTable = ({ name, caption, headings, parts, language }: PartTable): Html => {
  const words = WORDS[language];
  const largest = Math.max(0, ...parts.map(({ shown }) => shown.value ?? 0));
  const rows = parts.map(({ labels, shown, before }) => {
    const key = labels.map(({ value }) => value ?? '').join('|');
    const isApart = labels.some(({ value }) => value === null || value === 'unknown');
    return html`<tr data-value="${key}"${isApart ? html` class="apart"` : null}>${labels.map((each) => html`<th scope="row">${label(each, language)}</th>`)}${barCell(shown, largest)}${beforeCells(before)}</tr>`;
  });
  return html`<table class="part" data-part="${name}">
<caption>${caption}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}<th scope="col">${words.children}</th>${beforeHeads(language)}</tr></thead>
<tbody>${rows}</tbody></table>`;
};
