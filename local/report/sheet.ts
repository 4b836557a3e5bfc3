import { type Figure, keyOf } from '../figures/figure.ts';
import type { Shown } from '../figures/shown.ts';
import type { Labelled, ReportData } from './data.ts';
import { ago, quarterOf } from './quarters.ts';
import { plainLabel } from './say.ts';
import { NONE } from './series.ts';
import { WORDS } from './words.ts';

/** A cell of the spreadsheet. */
export type Value = string | number | boolean | null;

/** Columns of the table: docs/data.md says what each means. */
export const COLUMNS = [
  ...['indicator', 'ages', 'measure', 'version', 'cut', 'period', 'is_unfinished'],
  ...['key1', 'key1_en', 'key1_km', 'key2', 'key2_en', 'key2_km', 'children', 'children_shown'],
  ...['quarter_before', 'quarter_before_shown', 'year_before', 'year_before_shown'],
] as const;

/** Of which ages children are: numbers of the earlier integration were of 0–18, and belong in no line with these. */
const AGES = '0–17';

type Cell = Omit<Figure, 'children'>;

/** Where labels of each key are; a cut without a key has none. */
const labelsOf = (cut: Figure['cut'], { labels }: Pick<ReportData, 'labels'>) => {
  if (cut === 'province') return [labels.province];
  if (cut === 'sex and age') return [labels.sex, labels.age_group];
  if (cut === 'disability') return [labels.disabled];
  if (cut === 'placement') return [labels.placement_type];
  if (cut === 'district') return [labels.district, labels.province];
  return [];
};

/** A key with its labels: what is not recorded, and what has no English label, too. */
const keyCells = (key: string, labels: ReadonlyMap<string, Labelled> | undefined): Value[] => {
  if (!labels) return [key, null, null];
  if (key === '') return [key, WORDS.en.unknown, WORDS.km.unknown];
  const { en, km } = labels.get(key) ?? { en: null, km: null };
  return [key, en ?? key, km];
};

const keysOf = ({ cut, key1, key2 }: Cell, data: Pick<ReportData, 'labels'>): Value[] => {
  if (cut === 'left out') {
    const reason = key1 as keyof typeof WORDS.en.leftOut;
    return [key1, WORDS.en.leftOut[reason], WORDS.km.leftOut[reason], ...keyCells(key2, undefined)];
  }
  const [first, second] = labelsOf(cut, data);
  return [...keyCells(key1, first), ...keyCells(key2, second)];
};

const countCells = (shown: Shown | null): Value[] => [shown?.value ?? null, shown?.text ?? null];

/** The same cell one quarter and one year before; a year has no quarter before, and `unknown` neither. */
const beforeOf = ({ period }: Cell): [quarter: string | null, year: string | null] => {
  if (period.includes('-Q')) return [ago(period, 1), ago(period, 4)];
  return [null, /^\d/.test(period) ? String(Number(period) - 1) : null];
};

/** Every figure as a row: one tidy table, with codes and labels in both languages, all of it safe to be published. */
export const toRows = (data: ReportData, at: Date): Value[][] => {
  const current = (indicator: string): string =>
    quarterOf(data.freshness.find((each) => each.indicator === indicator)?.completeBeganAt ?? at);
  const isUnfinished = (indicator: string, period: string): boolean =>
    /^\d{4}-Q/.test(period)
      ? period >= current(indicator)
      : period >= current(indicator).slice(0, 4) && /^\d/.test(period);
  const shownOf = new Map(data.figures.map((figure) => [keyOf(figure), figure.shown]));
  const rows = data.figures.map((figure): Value[] => {
    const { indicator, measure, cut, period, shown } = figure;
    const before = beforeOf(figure).map((earlier) =>
      earlier === null ? null : (shownOf.get(keyOf({ ...figure, period: earlier })) ?? NONE),
    );
    return [
      ...[indicator, AGES, measure, 'now', cut, period, isUnfinished(indicator, period)],
      ...[...keysOf(figure, data), ...countCells(shown), ...before.flatMap(countCells)],
    ];
  });
  const published = data.published.map(
    ({ indicator, measure, quarter, publishedAt, shown }): Value[] => [
      ...[indicator, AGES, measure, `published ${publishedAt.toISOString().slice(0, 10)}`],
      ...['quarter', quarter, false, '', null, null, '', null, null, ...countCells(shown)],
      ...[null, null, null, null],
    ],
  );
  return [...rows, ...published];
};

/** What the numbers are: definitions, the census and the date. */
export const toAbout = (data: ReportData, at: Date): Value[][] => [
  ['made', at.toISOString()],
  ...data.definitions.flatMap(({ code, titleEn, titleKm, also, needsConsent, byPlacement }) => {
    const fresh = data.freshness.find(({ indicator }) => indicator === code)!;
    const left = data.uncounted.map((each) => plainLabel(each, 'en')).join(', ');
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
