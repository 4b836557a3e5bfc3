import { type Bar, provinceChart, quarterChart } from './charts.ts';
import { DIMENSIONS, type Dimension, type IndicatorName, type ReportData } from './data.ts';
import { type Html, html } from './html.ts';
import { partTable } from './part-table.ts';
import { quarterTable } from './quarter-table.ts';
import { byQuarter, EARLIER, type Grid, toGrid, UNKNOWN } from './quarters.ts';
import { number, plainLabel } from './say.ts';
import { type Language, WORDS } from './words.ts';

/** What the dictionary calls the columns that the views name otherwise. */
const COLUMN_OF: Partial<Record<Dimension, string>> = {
  disability: 'disabled',
  consent: 'consent_for_reporting',
};

const extremes = (bars: readonly Bar[], language: Language): string => {
  const words = WORDS[language];
  const sorted = [...bars].sort((a, b) => b.children - a.children);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return words.none;
  const say = ({ name, children }: Bar) => `${name} (${number(children)})`;
  return `${words.barChart}. ${words.highest}: ${say(first)}. ${words.lowest}: ${say(last)}. ${words.tableBelow}`;
};

const figure = (
  name: IndicatorName,
  kind: 'quarter' | 'province',
  bars: readonly Bar[],
  language: Language,
): Html => {
  const words = WORDS[language];
  const title = `${words.children} (${name}) ${kind === 'quarter' ? words.byQuarter : words.byProvince}`;
  const alternative = {
    id: `chart-${name.replace('.', '-')}-${kind}-${language}`,
    title,
    description: extremes(bars, language),
  };
  const chart = (kind === 'quarter' ? quarterChart : provinceChart)(bars, alternative);
  return html`<figure><figcaption>${title}</figcaption>${chart}</figure>`;
};

const figures = (name: IndicatorName, grid: Grid, language: Language): Html => {
  const words = WORDS[language];
  const special: Record<string, string> = { [EARLIER]: words.earlier, [UNKNOWN]: words.unknown };
  const quarters = byQuarter(grid).map(({ quarter, children }) => ({
    name: special[quarter] ?? quarter,
    children,
  }));
  const provinces = grid.provinces
    .map((province) => ({ name: plainLabel(province, language), children: province.children }))
    .sort((a, b) => b.children - a.children);
  return html`${figure(name, 'quarter', quarters, language)}${figure(name, 'province', provinces, language)}`;
};

/** One indicator: its number, what it counts, charts, and tables with every number in them. */
export const indicatorSection = (
  name: IndicatorName,
  { indicators, services, uncounted, columns }: ReportData,
  language: Language,
): Html => {
  const words = WORDS[language];
  const { children, all, cells, parts } = indicators[name];
  const grid = toGrid(cells);
  const id = `indicator-${name.replace('.', '-')}-${language}`;
  const list = uncounted.map((placement) => plainLabel(placement, language)).join(', ');
  const definition = words.definition[name].replace('{list}', () => list || words.none);
  const allHeading = name === '4.8' ? words.allCases : words.childrenWithService;
  const [before, after] = (name === '4.8' ? words.outOf : words.withService).split('{n}');
  const tables = DIMENSIONS.map((dimension) => {
    const named = columns[COLUMN_OF[dimension] ?? dimension];
    const heading =
      named && (language === 'en' || named.km) ? plainLabel(named, language) : words[dimension];
    return partTable({
      indicator: name,
      name: dimension,
      heading,
      parts: parts[dimension],
      total: children,
      allHeading,
      language,
    });
  });
  const byService =
    name === '4.11a'
      ? partTable({
          indicator: name,
          name: 'service_type',
          heading: words.service_type,
          parts: services,
          total: children,
          noSum: words.addUp,
          language,
        })
      : null;
  return html`<section aria-labelledby="${id}" data-indicator="${name}">
<h2 id="${id}">${name} · ${words.name[name]}</h2>
<p class="headline"><strong data-total="children">${number(children)}</strong> ${words.children} <span class="beside">${before!}<b data-total="all">${number(all)}</b>${after!}</span></p>
<p>${definition}</p>
${figures(name, grid, language)}
${quarterTable(grid, { language, id: `${id}-table`, caption: `${words.byBoth} (${name})` })}
<div class="parts">${tables}${byService}</div>
</section>`;
};
