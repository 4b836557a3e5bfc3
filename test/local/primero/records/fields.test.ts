import { expect, test } from 'vitest';
import { gazetteer } from '../../../../local/primero/gazetteer.ts';
import {
  type Family,
  MAPPED_FIELD_NAMES,
  type PrimeroRecord,
  TAINT,
} from '../../../../local/primero/index.ts';
import { PrimeroStore } from '../../../../local/primero/store.ts';
import { NOW } from '../sandbox.ts';

const store = new PrimeroStore({
  cases: 5000,
  seed: 1,
  family: '2.14',
  now: () => NOW,
  until: NOW,
  commitDelayMs: 0,
  sameInstant: 0,
});
const records = store.snapshot();
const share = (passes: (record: PrimeroRecord) => unknown) => records.filter(passes).length / 5000;
const services = (record: PrimeroRecord) =>
  (record.services_section ?? []) as Record<string, unknown>[];

const OPEN = ['id', 'enabled', 'last_updated_at', 'created_at', ...MAPPED_FIELD_NAMES];
const MAPPED_OF_SERVICE = ['unique_id', 'service_type', 'service_implemented_day_time'];

/** Names of the fields whose marker is not as it should be. */
const wrongIn = (entries: [string, unknown][], open: readonly string[]) =>
  entries
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .filter(([name, value]) => JSON.stringify(value).includes(TAINT) === open.includes(name))
    .map(([name]) => name);

test('every field that the mapping does not name carries the marker, and no other', () => {
  const entries = records.slice(0, 300).flatMap((record) => Object.entries(record));
  const wrong = wrongIn(entries, OPEN).filter((name) => name !== 'services_section');
  expect(wrong).toEqual([]);
});

test('so does every such field of a service', () => {
  const all = records.slice(0, 1000).flatMap(services);
  expect(Math.min(...all.map((service) => Object.keys(service).length))).toBeGreaterThan(6);
  expect(wrongIn(all.flatMap(Object.entries), MAPPED_OF_SERVICE)).toEqual([]);
});

test('a record has 150 fields and 10 to 15 KB, in two scripts; what the sync needs is about 1 KB', () => {
  const sizes = records.slice(0, 500).map((r) => Buffer.byteLength(JSON.stringify(r)));
  const mean = sizes.reduce((a, b) => a + b) / sizes.length;
  expect(mean).toBeGreaterThan(10_000);
  expect(mean).toBeLessThan(15_000);
  const names = records.slice(0, 500).map((record) => Object.keys(record).length);
  expect(names.reduce((a, b) => a + b) / 500).toBeGreaterThan(150);
  expect(JSON.stringify(records[0])).toMatch(/\p{Script=Khmer}/u);
  const needed = store.snapshot(undefined, MAPPED_FIELD_NAMES).slice(0, 1000);
  expect(JSON.stringify(needed).length / 1000).toBeLessThan(1400);
});

test('a record of some fields is the same as the whole one cut to them', () => {
  for (const index of [0, 7, 4999]) {
    const whole = store.record(index);
    for (const name of Object.keys(whole))
      expect(store.record(index, [name])[name]).toEqual(whole[name]);
  }
});

test('ages go from 0 to 25, and some are missing', () => {
  const ages = new Set(records.map(({ age }) => age));
  for (let age = 0; age <= 25; age++) expect(ages).toContain(age);
  expect(ages.size).toBe(28); // null and absent, too
  expect(share(({ age }) => typeof age !== 'number')).toBeLessThan(0.05);
});

test('about 35 % are undergoing reintegration; most others have another type', () => {
  const of = (type: unknown) => share(({ type_of_case }) => type_of_case === type);
  expect(of('children_undergoing_reintegration_55427')).toBeGreaterThan(0.32);
  expect(of('children_undergoing_reintegration_55427')).toBeLessThan(0.38);
  expect(of(undefined)).toBeGreaterThan(0.002);
  expect(of(undefined)).toBeLessThan(0.03);
});

test('there are 0 to 5 services, and some cases are disabled', () => {
  expect(new Set(records.map((r) => services(r).length))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  expect(share(({ enabled }) => !enabled)).toBeGreaterThan(0.01);
  expect(share(({ enabled }) => !enabled)).toBeLessThan(0.05);
});

test('fields occur in all the forms that real records have them in', () => {
  const forms = (pick: (record: PrimeroRecord) => unknown[]) =>
    new Set(records.flatMap(pick).map((v) => String(v).replace(/\d/g, '9')));
  const registration = forms((r) => [r.registration_date]);
  for (const form of ['9999-99-99', '9999/99/99', '9999-99-99T99:99:99.999Z', 'undefined'])
    expect(registration).toContain(form);
  const service = forms((r) => services(r).map((s) => s.service_implemented_day_time));
  for (const form of ['9999-99-99T99:99:99.999Z', 'not implemented', 'null', 'undefined', ''])
    expect(service).toContain(form);
  const consents = new Set(records.map((r) => r.consent_reporting));
  expect(consents).toEqual(new Set([true, false, 'true', 'false', null, undefined]));
});

test('display ids are the last 7 digits of the id, and a handful of children share one', () => {
  for (const r of records) expect(r.id.endsWith(String(r.case_id_display))).toBe(true);
  expect(new Set(records.map(({ id }) => id)).size).toBe(5000);
  const shared = 5000 - new Set(records.map((r) => r.case_id_display)).size;
  expect(shared).toBeGreaterThanOrEqual(2);
  expect(shared).toBeLessThan(6);
});

test('bad records are there, but never 1 % of any 1,000', () => {
  const seen = new Set<unknown>();
  const isDate = (v: unknown) => v === undefined || !Number.isNaN(Date.parse(String(v)));
  const bad = records.map((record) => {
    const clash = seen.has(record.case_id_display);
    seen.add(record.case_id_display);
    const date = !isDate(record.registration_date) || record.registration_date === '2025-02-31';
    return Number(clash) + Number(date) + services(record).filter((s) => !s.unique_id).length;
  });
  expect(bad.reduce((a, b) => a + b)).toBeGreaterThan(3);
  for (let i = 0; i + 1000 <= 5000; i += 100)
    expect(bad.slice(i, i + 1000).reduce((a, b) => a + b)).toBeLessThan(10);
});

test('locations are places of the gazetteer down to villages, but for a few', () => {
  const codes = new Set(gazetteer().map(({ code }) => code));
  const known = (code: string) => codes.has(code) || codes.has(code.slice(0, -2));
  const all = records
    .flatMap((r) => [r.location_current, r.location_caregiver])
    .filter(Boolean) as string[];
  const unknown = all.filter((code) => !known(code)).length;
  expect(unknown).toBeGreaterThan(3);
  expect(unknown / all.length).toBeLessThan(0.01);
  expect(new Set(all.map((code) => code.length))).toContain(8);
});

test('times rise over six years, with milliseconds, and clump where many were imported', () => {
  const times = records.map((r) => r.last_updated_at);
  expect(times).toEqual([...times].sort());
  expect(Date.parse(times[0]!)).toBeLessThan(NOW - 5 * 365 * 86_400_000);
  const inSecond = new Map<string, number>();
  for (const time of times)
    inSecond.set(time.slice(0, 19), (inSecond.get(time.slice(0, 19)) ?? 0) + 1);
  expect(Math.max(...inSecond.values())).toBeGreaterThan(100);
  expect(times.filter((time) => !time.endsWith('.000Z')).length).toBeGreaterThan(4500);
});

test('a service date that is no date is only in families that can save it', () => {
  const options = { cases: 2000, seed: 1, now: () => NOW, until: NOW, commitDelayMs: 0 };
  const oddDates = (family: Family) =>
    new PrimeroStore({ ...options, family, sameInstant: 0 })
      .snapshot(undefined, ['services_section'])
      .flatMap(services)
      .map((service) => service.service_implemented_day_time)
      .filter((date) => date === '' || date === 'not implemented').length;
  expect(oddDates('2.9')).toBe(0);
  expect(oddDates('2.12')).toBeGreaterThan(100);
  expect(oddDates('2.14')).toBeGreaterThan(100);
});
