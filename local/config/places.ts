import { parse } from 'csv-parse/sync';
import text from '#config/places.csv';

/** A district and its province, as config/places.csv and ONA's `locations_lookup` have them. Khmer may be blank. */
export type Place = {
  code: string;
  district: string;
  province: string;
  province_code: string;
  district_km: string | null;
  province_km: string | null;
};

let all: readonly Place[] | undefined;

/** The districts of config/places.csv. */
export const places = (): readonly Place[] => {
  all ??= parse(text, { columns: true, bom: true, cast: (value) => value || null }) as Place[];
  return all;
};
