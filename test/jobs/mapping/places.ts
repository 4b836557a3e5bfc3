import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { LocationRow } from '../../../jobs/mapping/locations.ts';

/** A place of the official gazetteer. */
export interface Place {
  code: string;
  level: 'province' | 'district' | 'commune';
  name_en: string;
  province_code: string;
}

const file = new URL('../../../local/primero/gazetteer.csv', import.meta.url);

/** All 25 provinces, 210 districts and 1,652 communes. */
export const places: readonly Place[] = parse(readFileSync(file), { columns: true, bom: true });

const provinces = new Map(
  places.filter(({ level }) => level === 'province').map(({ code, name_en }) => [code, name_en]),
);

/** The rows of `locations_lookup`, as ONA keeps them. */
export const locationRows: readonly LocationRow[] = places
  .filter(({ level }) => level === 'district')
  .map(({ code, name_en, province_code }) => ({
    code,
    district: name_en,
    province: provinces.get(province_code)!,
    province_code,
  }));
