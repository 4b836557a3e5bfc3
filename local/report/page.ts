import type { ReportData } from './data.ts';
import { type Download, downloadButtons } from './downloads.ts';
import { freshnessSection } from './freshness.ts';
import { type Html, html, trusted } from './html.ts';
import { indicatorSection } from './indicator.ts';
import { time } from './say.ts';
import { style } from './style.ts';
import { type Language, WORDS } from './words.ts';

export type PageOptions = {
  /** When the numbers were read. */
  at: Date;
  /** Whether the cases are invented: the page says so. */
  isSandbox: boolean;
  /** The same numbers as files, which the page carries inside. */
  downloads: readonly Download[];
};

const main = (
  data: ReportData,
  { at, isSandbox }: Omit<PageOptions, 'downloads'>,
  language: Language,
): Html => {
  const words = WORDS[language];
  return html`<main lang="${language}">
<h1>${words.title}</h1>
<p class="made">${words.madeAt} ${time(at, language)}</p>
${isSandbox ? html`<p class="notice sandbox"><strong>${words.sandbox}</strong></p>` : null}
${language === 'km' ? html`<p class="notice">${words.notOfficial}</p>` : null}
${freshnessSection(data, at, language)}
${data.definitions.map((definition) => indicatorSection(definition, { data, at, language }))}
<section aria-labelledby="notes-${language}"><h2 id="notes-${language}">${words.notes}</h2>
<ul>${words.noteList.map((note) => html`<li>${note}</li>`)}</ul></section>
</main>`;
};

const LANGUAGES = ['en', 'km'] as const;

/**
 * The page, in both languages: one is shown, and two radio buttons and a style rule change which. So it works
 * without JavaScript, and its policy lets it load and run nothing.
 */
export const toPage = (data: ReportData, options: PageOptions): string => {
  const choices = LANGUAGES.map(
    (language, n) =>
      html`<input type="radio" name="lang" id="lang-${language}"${n === 0 ? html` checked` : null}><label for="lang-${language}" lang="${language}">${WORDS[language].language}</label>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${WORDS.en.title} · ${WORDS.km.title}</title>
<style>${trusted(style())}</style>
</head>
<body>
${choices}
${downloadButtons(options.downloads)}
${LANGUAGES.map((language) => main(data, options, language))}
</body>
</html>
`.text;
};
