import type { Cut, Measure } from '../../../local/figures/figure.ts';
import type { ShownFigure } from '../../../local/figures/safe.ts';
import { round } from '../../../local/figures/shown.ts';
import type { Definition, Freshness, Labelled, ReportData } from '../../../local/report/data.ts';

const fresh = (indicator: string): Freshness => ({
  indicator,
  isComplete: true,
  completeBeganAt: new Date('2026-10-01T00:00:00Z'),
  completeButFor: null,
  changesTo: null,
  underWayBeganAt: null,
  underWayLastBatchAt: null,
  incompleteBeganAt: null,
  incompleteBecause: null,
  rejectedCases: 0,
  rejectedServices: 0,
  unseen: 0,
});

const KRATIE: Labelled = { value: '10', en: 'Kratie', km: 'ក្រចេះ' };
const NOWHERE: Labelled = { value: null, en: null, km: null };
const FEMALE: Labelled = { value: 'Female', en: 'Female', km: null };
const YOUNG: Labelled = { value: '5–9', en: '5–9 years', km: '5–9 ឆ្នាំ' };

const DEFINITIONS: Definition[] = [
  {
    code: '4.8',
    name: 'reintegration',
    measures: ['registered'],
    also: 'under18',
    needsConsent: true,
    byPlacement: true,
    titleEn: 'Children placed',
    titleKm: 'កុមារ',
  },
  {
    code: '4.11a',
    name: 'under18',
    measures: ['registered', 'served'],
    also: null,
    needsConsent: true,
    byPlacement: false,
    titleEn: 'Children supported',
    titleKm: null,
  },
];

/** A figure of a test, as it is published. */
export const figure = (
  indicator: string,
  cut: Cut,
  period: string,
  [key1 = '', key2 = '']: readonly string[],
  children: number,
  measure: Measure = 'registered',
): ShownFigure => ({ indicator, measure, cut, period, key1, key2, shown: round(children) });

const figuresOf = (indicator: string): ShownFigure[] => [
  figure(indicator, 'quarter', '2025-Q3', [], 38),
  figure(indicator, 'quarter', '2026-Q2', [], 21),
  figure(indicator, 'quarter', '2026-Q3', [], 52),
  figure(indicator, 'quarter', '2026-Q4', [], 3),
  figure(indicator, 'quarter', 'unknown', [], 7),
  figure(indicator, 'province', '2026-Q3', ['10'], 48),
  figure(indicator, 'province', '2026-Q3', [''], 4),
  figure(indicator, 'sex and age', '2026-Q3', ['Female', '5–9'], 52),
  figure(indicator, 'placement', '2026-Q3', [''], 52),
  figure(indicator, 'left out', '2026-Q3', ['consent'], 13),
];

/** What a page shows of some children, in a form that tests change. */
export const sample = (): ReportData => ({
  definitions: structuredClone(DEFINITIONS),
  freshness: [fresh('4.8'), fresh('4.11a')],
  figures: [...figuresOf('4.8'), ...figuresOf('4.11a')],
  published: [],
  labels: {
    province: new Map([['10', KRATIE]]),
    district: new Map(),
    sex: new Map([['Female', FEMALE]]),
    age_group: new Map([['5–9', YOUNG]]),
    disabled: new Map(),
    placement_type: new Map(),
  },
  uncounted: [NOWHERE, { value: 'residential care', en: 'Residential care', km: null }],
  unlabelled: [],
  columns: {},
});
