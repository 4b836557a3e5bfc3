import { expect, test } from 'vitest';
import { findProvince, sayProvince, toAsked } from '../../../../local/why/cell/cell.ts';

const KRATIE = { code: '10', en: 'Kratie', km: 'ក្រចេះ' };
const PHNOM_PENH = { code: '12', en: 'Phnom Penh', km: 'ភ្នំពេញ' };
const SAO = { code: '7', en: 'S\u00e3o', km: null };
const PROVINCES = [KRATIE, PHNOM_PENH, { code: '26', en: null, km: null }];

test('A number is named by indicator, quarter and perhaps a province of several words', () => {
  const cell = { indicator: '4.8', quarter: '2026-Q4' };
  expect(toAsked(['4.8', '2026-Q4'])).toEqual({ ...cell, province: null });
  expect(toAsked(['4.8', '2026-Q4', 'Phnom', 'Penh'])).toEqual({ ...cell, province: 'Phnom Penh' });
  expect(() => toAsked(['4.8'])).toThrow(/^USAGE: --cell needs an indicator and a quarter/);
  expect(() => toAsked(['4.8', '2026-4'])).toThrow(/^USAGE: "2026-4" is no quarter/);
});

test.for([
  ['10', KRATIE],
  ['kratie', KRATIE],
  [' Phnom Penh ', PHNOM_PENH],
  ['ភ្នំពេញ', PHNOM_PENH],
  // An accent as a letter of its own.
  ['S\u00e3o'.normalize('NFD'), SAO],
  ['unknown', { code: '', en: 'unknown', km: null }],
] as const)('A province is found by %s', ([text, province]) => {
  expect(findProvince(text, [...PROVINCES, SAO])).toEqual(province);
});

test('A province that there is not: the error lists those that there are', () => {
  for (const text of ['Kratié', '1', 'null'])
    expect(() => findProvince(text, PROVINCES)).toThrow(
      `USAGE: "${text}" is no province: take one of 10 Kratie, 12 Phnom Penh, 26, or unknown`,
    );
});

test('A province in words, also where it has no name or none is recorded', () => {
  expect(PROVINCES.map(sayProvince)).toEqual([
    'Kratie (10)',
    'Phnom Penh (12)',
    'without a name (26)',
  ]);
  expect(sayProvince(findProvince('unknown', []))).toBe('no province recorded');
});
