import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { inProject } from '../paths.ts';

export type Place = {
  code: string;
  level: 'province' | 'district' | 'commune';
  type: string;
  name_en: string;
  name_km: string;
};

let places: readonly Place[] | undefined;

/** Cambodia's provinces, districts and communes (NCDD, October 2024). */
export const gazetteer = (): readonly Place[] => {
  places ??= parse(readFileSync(inProject('local', 'primero', 'gazetteer.csv')), {
    columns: true,
    bom: true,
  }) as Place[];
  return places;
};

let codes: Record<Place['level'], readonly string[]> | undefined;

/** The codes of each level. */
export const placeCodes = (): Record<Place['level'], readonly string[]> => {
  const of = (level: Place['level']) =>
    gazetteer()
      .filter((place) => place.level === level)
      .map((place) => place.code);
  codes ??= { province: of('province'), district: of('district'), commune: of('commune') };
  return codes;
};
