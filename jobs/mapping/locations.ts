import config from '#config/fields.json';

/** A row of ONA's `locations_lookup`: a district and its province. */
export interface LocationRow {
  code: string;
  district: string;
  province: string;
  province_code: string;
}

export interface Place {
  province: string;
  province_code: string;
  district: string | null;
  district_code: string | null;
}

export interface Gazetteer {
  districts: ReadonlyMap<string, Place>;
  provinces: ReadonlyMap<string, Place>;
  /** What was found so far, by code as it was written. The columns use it because a few codes come again and again. */
  found: Map<unknown, Place>;
}

/** By the length of a place's code: how many of its characters are the code of its district. */
const DISTRICT_CHARACTERS: Record<number, number | undefined> = config.district_characters;

/** Districts and provinces by code, from the rows of `locations_lookup`. */
export const toGazetteer = (rows: readonly LocationRow[]): Gazetteer => ({
  districts: new Map(
    rows.map(({ code, district, province, province_code }) => [
      code,
      { province, province_code, district, district_code: code },
    ]),
  ),
  provinces: new Map(
    rows.map(({ province, province_code }) => [
      province_code,
      { province, province_code, district: null, district_code: null },
    ]),
  ),
  found: new Map(),
});

/**
 * The district and province for the code of a village, commune, district or province; null for an unknown one. The
 * characters after the district's code are digits.
 * @example <caption>A village in Chetr Borei, Kratie</caption>
 * locate('10060802', gazetteer) // { province_code: '10', district_code: '1006', … }
 */
export const locate = (code: string, { districts, provinces }: Gazetteer): Place | null => {
  const end = DISTRICT_CHARACTERS[code.length] ?? code.length;
  if (!/^\d*$/.test(code.slice(end))) return null;
  return provinces.get(code) ?? districts.get(code.slice(0, end)) ?? null;
};
