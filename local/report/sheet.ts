import type { Figure } from '../figures/figure.ts';
import type { Labelled, ReportData } from './data.ts';
import { quarterOf } from './quarters.ts';

/** A cell of the spreadsheet. */
export type Value = string | number | boolean | null;

/** Columns of the table: docs/data.md says what each means. */
export const COLUMNS = [
  ...['indicator', 'measure', 'version', 'cut', 'period', 'is_unfinished'],
  ...['key1', 'key1_en', 'key1_km', 'key2', 'key2_en', 'key2_km', 'children', 'children_shown'],
] as const;

type Cell = Pick<Figure, 'cut' | 'key1' | 'key2'>;

/** What labels the keys of a cell have. */
const labelsOf = ({ cut, key1, key2 }: Cell, { labels }: Pick<ReportData, 'labels'>) => {
  const of = (key: string, map: ReadonlyMap<string, Labelled>) => map.get(key);
  if (cut === 'province') return [of(key1, labels.province)];
  if (cut === 'sex and age') return [of(key1, labels.sex), of(key2, labels.age_group)];
  if (cut === 'disability') return [of(key1, labels.disabled)];
  if (cut === 'placement') return [of(key1, labels.placement_type)];
  if (cut === 'district') return [of(key1, labels.district), of(key2, labels.province)];
  return [];
};

/** Every figure as a row: one tidy table, with codes and labels in both languages, all of it safe to be published. */
export const toRows = (data: ReportData, at: Date): Value[][] => {
  const current = (indicator: string): string =>
    quarterOf(data.freshness.find((each) => each.indicator === indicator)?.completeBeganAt ?? at);
  const isUnfinished = (indicator: string, period: string): boolean =>
    /^\d{4}-Q/.test(period)
      ? period >= current(indicator)
      : period >= current(indicator).slice(0, 4) && /^\d/.test(period);
  const rows = data.figures.map((figure): Value[] => {
    const { indicator, measure, cut, period, key1, key2, shown } = figure;
    const [first, second] = labelsOf(figure, data);
    return [
      ...[indicator, measure, 'now', cut, period, isUnfinished(indicator, period)],
      ...[key1, first?.en ?? null, first?.km ?? null, key2, second?.en ?? null, second?.km ?? null],
      ...[shown.value, shown.text],
    ];
  });
  const published = data.published.map(
    ({ indicator, measure, quarter, publishedAt, shown }): Value[] => [
      ...[indicator, measure, `published ${publishedAt.toISOString().slice(0, 10)}`, 'quarter'],
      ...[quarter, false, '', null, null, '', null, null, shown.value, shown.text],
    ],
  );
  return [...rows, ...published];
};

/** What the numbers are: definitions, the census and the date. */
export const toAbout = (data: ReportData, at: Date): Value[][] => [
  ['made', at.toISOString()],
  ...data.definitions.flatMap(({ code, titleEn, titleKm, also, needsConsent, byPlacement }) => {
    const fresh = data.freshness.find(({ indicator }) => indicator === code)!;
    const left = data.uncounted.map(({ value, en }) => en ?? value ?? 'none recorded').join(', ');
    return [
      ['indicator', code],
      ['title', titleEn],
      ['title, Khmer', titleKm],
      ['complete up to', fresh.completeBeganAt?.toISOString() ?? 'never'],
      ['complete but for', fresh.completeButFor],
      ['counts only children who count for', also],
      ['counts only children with consent for reporting', needsConsent],
      ['placements that do not count', byPlacement ? left || 'none' : null],
    ];
  }),
  ['sources', 'Primero is one of the sources of 4.11a.'],
  ['break in the series', 'Earlier numbers were of ages 0 to 18, these are of 0 to 17.'],
  ['rounding', 'Each count is rounded to the nearest 5 by itself; 1 to 4 is <5; … is not shown.'],
  ['never add up', 'rows of the measure "served": a child is in each quarter with a service.'],
];
