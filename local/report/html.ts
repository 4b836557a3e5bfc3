/** Text that is HTML already: made by `html` only, so that nothing gets in unescaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export type Child = Html | string | number | null | Child[];

const render = (child: Child): string => {
  if (child === null) return '';
  if (Array.isArray(child)) return child.map(render).join('');
  if (child instanceof Html) return child.text;
  return String(child).replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter]!);
};

/**
 * HTML with its values escaped; lists are joined, null is left out.
 * @example <caption>A label of the database</caption>
 * html`<td>${label}</td>`
 */
export const html = (parts: TemplateStringsArray, ...values: Child[]): Html =>
  new Html(parts.reduce((text, part, n) => text + render(values[n - 1] ?? null) + part));

/** Text that is known to be HTML, such as a chart. */
export const trusted = (text: string): Html => new Html(text);
