import type { IndicatorName, Part } from './data.ts';
import { type Html, html } from './html.ts';
import { SMALL } from './quarter-table.ts';
import { label, number, percent } from './say.ts';
import { type Language, WORDS } from './words.ts';

export type PartTable = {
  indicator: IndicatorName;
  name: string;
  heading: string;
  parts: readonly Part[];
  /** Children of the indicator: what shares are of. */
  total: number;
  /** Heading of the second column of counts; without it there is none. */
  allHeading?: string;
  /** Says why the rows have no sum; without it they have one. */
  noSum?: string;
  language: Language;
};

const sum = (parts: readonly Part[], key: 'children' | 'all') =>
  parts.reduce((total, part) => total + part[key], 0);

/** How the children of an indicator divide by one column. */
export const partTable = (table: PartTable): Html => {
  const { indicator, name, heading, parts, total, allHeading, noSum, language } = table;
  const words = WORDS[language];
  const small = (count: number) => (count > 0 && count < SMALL ? html` class="small"` : null);
  const rows = parts.map(
    (part) =>
      html`<tr data-value="${part.value ?? ''}"><th scope="row">${label(part, language)}</th><td${small(part.children)}>${number(part.children)}</td><td class="share" style="--w:${total ? ((100 * part.children) / total).toFixed(1) : 0}">${percent(part.children, total)}</td>${
        allHeading ? html`<td${small(part.all)}>${number(part.all)}</td>` : null
      }</tr>`,
  );
  const foot = noSum
    ? null
    : html`<tfoot><tr><th scope="row">${words.total}</th><td>${number(sum(parts, 'children'))}</td><td>${percent(sum(parts, 'children'), total)}</td>${
        allHeading ? html`<td>${number(sum(parts, 'all'))}</td>` : null
      }</tr></tfoot>`;
  return html`<table class="part" data-part="${name}">
<caption>${indicator} · ${heading}${noSum ? html` <small>${noSum}</small>` : null}</caption>
<thead><tr><th scope="col">${heading}</th><th scope="col">${words.children}</th><th scope="col">${words.share}</th>${allHeading ? html`<th scope="col">${allHeading}</th>` : null}</tr></thead>
<tbody>${rows}</tbody>
${foot}</table>`;
};
