import { CUTS } from '../figures/figure.ts';
import { quarterChart } from './charts.ts';
import type { Definition, Labelled, Labels, ReportData } from './data.ts';
import { definitionList } from './definition.ts';
import { type Html, html } from './html.ts';
import { type Part, partTable } from './part-table.ts';
import { quarterTable } from './quarter-table.ts';
import { ago } from './quarters.ts';
import { NONE, type Series, toSeries } from './series.ts';
import { seriesTable } from './series-table.ts';
import { type Language, WORDS } from './words.ts';

export type Shows = { data: ReportData; at: Date; language: Language };

/** What people read for the keys of a cell. */
const labelsOf: Record<string, ((labels: Labels) => ReadonlyMap<string, Labelled>)[]> = {
  'sex and age': [({ sex }) => sex, ({ age_group }) => age_group],
  disability: [({ disabled }) => disabled],
  placement: [({ placement_type }) => placement_type],
};

const labelOf = (key: string, labels: ReadonlyMap<string, Labelled>): Labelled =>
  labels.get(key) ?? { value: key || null, en: key || null, km: null };

/** Ages in their order, the rest by name; what is not recorded comes last. */
const byName = (a: Part, b: Part): number => {
  const rank = ({ labels }: Part) => Number(labels.some(({ value }) => value === null));
  const name = ({ labels }: Part) => labels.map(({ value }) => value ?? '').join('|');
  return rank(a) - rank(b) || name(a).localeCompare(name(b), 'en', { numeric: true });
};

const parts = (series: Series, { data, language }: Shows): Html[] => {
  const words = WORDS[language];
  const { latest } = series;
  const quarters = [latest, ago(latest, 1), ago(latest, 4)];
  return CUTS.filter((cut) => cut in labelsOf).map((cut) => {
    const own = series.figures.filter((each) => each.cut === cut && quarters.includes(each.period));
    const keys = new Map(own.map(({ key1, key2 }) => [`${key1}|${key2}`, [key1, key2]]));
    const rows = [...keys.values()].map(([key1, key2]): Part => {
      const [shown, before, yearBefore] = quarters.map(
        (quarter) =>
          own.find((each) => each.period === quarter && each.key1 === key1 && each.key2 === key2)
            ?.shown ?? NONE,
      );
      const of = labelsOf[cut]!;
      return {
        labels: of.map((each, n) => labelOf((n === 0 ? key1 : key2)!, each(data.labels))),
        shown: shown!,
        before: [before!, yearBefore!],
      };
    });
    return partTable({
      name: cut,
      caption: `${words.cuts[cut]} · ${latest}`,
      headings: [...words.headings[cut as keyof typeof words.headings]],
      parts: rows.sort(byName),
      language,
    });
  });
};

/** The newest quarter that is over, the one before it, and the same one a year before. */
const headline = (series: Series, language: Language): Html => {
  const words = WORDS[language];
  const { latest } = series;
  const beside = [
    [words.before, ago(latest, 1)],
    [words.yearBefore, ago(latest, 4)],
  ] as const;
  const leftOut = series.figures
    .filter(({ cut, period }) => cut === 'left out' && period === latest)
    .map(({ key1, shown }) => `${shown.text} ${words.leftOut[key1 as keyof typeof words.leftOut]}`);
  return html`<p class="headline"><strong data-quarter="${latest}">${series.of(latest).text}</strong> ${words.children}, ${latest}${beside.map(([text, quarter]) => html` <span class="beside">${text} (${quarter}): <b data-quarter="${quarter}">${series.of(quarter).text}</b></span>`)}</p>
<p class="left-out">${words.notCounted} ${leftOut.length === 0 ? words.none : leftOut.join(', ')}.</p>`;
};

const measureSection = (
  { code }: Definition,
  measure: Definition['measures'][number],
  shows: Shows,
): Html => {
  const { data, at, language } = shows;
  const words = WORDS[language];
  const series = toSeries(data, code, measure, at);
  const id = `${code.replace(/\W/g, '-')}-${measure}-${language}`;
  const caption = `${code} · ${words.measures[measure]}`;
  const chart = quarterChart(series, language, {
    id: `chart-${id}`,
    title: `${caption} · ${words.cuts.quarter}`,
    description: words.tableBelow,
  });
  return html`<section class="measure" aria-labelledby="${id}" data-measure="${measure}">
<h3 id="${id}">${words.measures[measure]}</h3>
${headline(series, language)}
<figure><figcaption>${caption} · ${words.cuts.quarter}<small>${words.definition.ages}</small></figcaption>${chart}</figure>
<div class="parts">${seriesTable(series, { language, caption: `${caption} · ${words.cuts.quarter}` })}${parts(series, shows)}</div>
${quarterTable(series, data.labels, { language, id: `table-${id}`, caption: `${caption} · ${words.cuts.province}` })}
</section>`;
};

/** One indicator: what it counts, and for each measure its number, a chart and tables. */
export const indicatorSection = (definition: Definition, shows: Shows): Html => {
  const { data, language } = shows;
  const { code, titleEn, titleKm, measures } = definition;
  const id = `indicator-${code.replace(/\W/g, '-')}-${language}`;
  const title = (language === 'km' ? titleKm : null) ?? titleEn;
  return html`<section aria-labelledby="${id}" data-indicator="${code}">
<h2 id="${id}">${code} · ${title}</h2>
${definitionList(definition, data, language)}
${measures.map((measure) => measureSection(definition, measure, shows))}
</section>`;
};
