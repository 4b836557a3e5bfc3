import { expect, test } from 'vitest';
import { round } from '../../../local/figures/shown.ts';
import type { ReportData } from '../../../local/report/data.ts';
import { COLUMNS, toAbout, toRows } from '../../../local/report/sheet.ts';
import { figure, sample } from './sample.ts';

const at = new Date('2026-10-02T08:30:00Z');

/** Rows of the sample by column, of one indicator, cut and period. */
const rowsOf = (cut: string, period: string, change: (data: ReportData) => void = () => {}) => {
  const data = sample();
  change(data);
  return toRows(data, at)
    .map((row) => Object.fromEntries(COLUMNS.map((column, n) => [column, row[n]])))
    .filter((row) => row.indicator === '4.8' && row.cut === cut && row.period === period);
};

test('a row has its number, and beside it that of the quarter before and of a year before', () => {
  expect(rowsOf('quarter', '2026-Q3')).toEqual([
    {
      indicator: '4.8',
      ages: '0–17',
      measure: 'registered',
      version: 'now',
      cut: 'quarter',
      period: '2026-Q3',
      is_unfinished: false,
      key1: '',
      key1_en: null,
      key1_km: null,
      key2: '',
      key2_en: null,
      key2_km: null,
      children: 50,
      children_shown: '50',
      quarter_before: 20,
      quarter_before_shown: '20',
      year_before: 40,
      year_before_shown: '40',
    },
  ]);
});

test('has no quarter before where there is none, and no comparison without a date', () => {
  const before = ({
    quarter_before_shown: quarter,
    year_before_shown: year,
  }: object & {
    [column: string]: unknown;
  }) => [quarter, year];
  const districts = (year: string) =>
    rowsOf('district', year, (data) => {
      data.figures.push(figure('4.8', 'district', '2025', ['1006', '10'], 3));
      data.figures.push(figure('4.8', 'district', '2026', ['1006', '10'], 8));
    });
  expect(districts('2026').map(before)).toEqual([[null, '<5']]);
  expect(districts('2025').map(before)).toEqual([[null, '0']]);
  expect(rowsOf('quarter', 'unknown').map(before)).toEqual([[null, null]]);
});

test('marks the quarter and the year that are not over, and no other', () => {
  const marked = toRows(
    {
      ...sample(),
      figures: ['2025-Q4', '2026-Q3', '2026-Q4', '2027-Q1', '2025', '2026', 'unknown'].map(
        (period) => figure('4.8', period.includes('Q') ? 'quarter' : 'district', period, [], 50),
      ),
    },
    at,
  )
    .filter((row) => row[COLUMNS.indexOf('is_unfinished')])
    .map((row) => row[COLUMNS.indexOf('period')]);
  expect(marked).toEqual(['2026-Q4', '2027-Q1', '2026']);
});

test('names what is not recorded, why children are left out, and a value without a label, in both languages', () => {
  const labels = (cut: string, change?: (data: ReportData) => void) =>
    rowsOf(cut, '2026-Q3', change).map((row) => [row.key1, row.key1_en, row.key1_km]);
  expect(labels('placement')).toEqual([['', 'Not recorded', 'មិនបានកត់ត្រា']]);
  expect(labels('province')).toEqual([
    ['10', 'Kratie', 'ក្រចេះ'],
    ['', 'Not recorded', 'មិនបានកត់ត្រា'],
  ]);
  const [[reason, english, khmer]] = labels('left out') as [[string, string, string]];
  expect([reason, english]).toEqual(['consent', 'without consent for reporting']);
  expect(khmer).toMatch(/^[\p{Script=Khmer}\s]+$/u);
  const unlabelled = (data: ReportData) => {
    data.figures = [figure('4.8', 'disability', '2026-Q3', ['code_1'], 9)];
  };
  expect(labels('disability', unlabelled)).toEqual([['code_1', 'code_1', null]]);
});

test('has a row for what was published', () => {
  const rows = rowsOf('quarter', '2026-Q2', (data) => {
    data.published = [
      {
        indicator: '4.8',
        measure: 'registered',
        quarter: '2026-Q2',
        publishedAt: new Date('2026-07-01T10:00:00Z'),
        shown: round(26),
        reasons: [],
      },
    ];
  });
  expect(rows.map((row) => [row.version, row.children_shown, row.year_before_shown])).toEqual([
    ['now', '20', '0'],
    ['published 2026-07-01', '25', null],
  ]);
});

test('says in a second sheet what the numbers are, and that ages differ from the earlier ones', () => {
  const about = toAbout(sample(), at);
  const of = (name: string) =>
    about.filter(([first]) => first === name).map(([, second]) => second);
  expect(of('made')).toEqual(['2026-10-02T08:30:00.000Z']);
  expect(of('complete up to')).toEqual(['2026-10-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z']);
  expect(of('placements that do not count')).toEqual(['Not recorded, Residential care', null]);
  expect(of('break in the series')).toEqual([
    'Earlier numbers were of ages 0 to 18, these are of 0 to 17.',
  ]);
});
