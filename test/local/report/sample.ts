import type { Freshness, Labelled, ReportData } from '../../../local/report/data.ts';

const fresh = (indicator: '4.8' | '4.11a'): Freshness => ({
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

export const KRATIE: Labelled = { value: '10', en: 'Kratie', km: 'ក្រចេះ' };
export const NOWHERE: Labelled = { value: null, en: null, km: null };

const part = (label: Labelled, children: number) => [{ ...label, children, all: children }];
const FEMALE: Labelled = { value: 'Female', en: 'Female', km: null };

/** What a page shows of nine children, in a form that tests change. */
export const sample = (): ReportData => {
  const parts = {
    sex: part(FEMALE, 9),
    age_group: part({ value: '5–9', en: '5–9 years', km: '5–9 ឆ្នាំ' }, 9),
    placement_type: part(NOWHERE, 9),
    disability: part(NOWHERE, 9),
    consent: part(NOWHERE, 9),
  };
  const cells = [
    { quarter: '2026-Q1', province: KRATIE, children: 6 },
    { quarter: 'unknown', province: NOWHERE, children: 3 },
  ];
  const indicator = { children: 9, all: 9, cells, parts };
  return {
    freshness: { '4.8': fresh('4.8'), '4.11a': fresh('4.11a') },
    unlabelled: [],
    indicators: { '4.8': indicator, '4.11a': structuredClone(indicator) },
    services: part({ value: 'Counselling', en: 'Counselling', km: 'ការប្រឹក្សា' }, 4),
    uncounted: [NOWHERE, { value: 'residential care', en: 'Residential care', km: null }],
    columns: {},
  };
};
