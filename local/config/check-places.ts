import { parse } from 'csv-parse/sync';
import type { FieldsConfig } from './schemas.ts';

const HEADER = 'code,district,province,province_code,district_km,province_km';

type Row = { record: string[]; info: { lines: number } };

/** Finds mistakes in places.csv: a blank name, a code that is there twice or that `district_characters` does not cover. */
export const checkPlaces = (
  text: string,
  fields: FieldsConfig | null,
  note: (line: number, text: string) => void,
): void => {
  let rows: Row[];
  try {
    const how = { bom: true, relax_column_count: true, info: true };
    rows = parse(text, how) as unknown as Row[];
  } catch (error) {
    note(Number(Object(error).lines ?? 1), 'this is not CSV: there is a quote too few or too many');
    return;
  }
  const [head, ...places] = rows;
  if (head?.record.join() !== HEADER) {
    note(1, `the first line must be ${HEADER}`);
    return;
  }
  const codes = new Set<string>();
  const provinces = new Map<string, string>();
  for (const { record, info } of places) {
    const [code = '', district = '', province = '', provinceCode = ''] = record;
    const say = (what: string) => note(info.lines, what);
    if (record.length !== 6) say('this line must have six values');
    else if ([code, district, province, provinceCode].includes(''))
      say('code, district, province and province_code must not be empty');
    if (codes.has(code)) say(`district ${code} is there twice`);
    codes.add(code);
    if (fields && fields.district_characters[code.length] !== code.length)
      say(
        `district_characters in fields.json must have "${code.length}": ${code.length}, as this code has`,
      );
    const known = provinces.get(provinceCode) ?? province;
    if (known !== province) say(`province ${provinceCode} has another name above: ${known}`);
    provinces.set(provinceCode, known);
  }
  for (const { record, info } of places)
    if (provinces.has(record[0] ?? '')) note(info.lines, `${record[0]} is a province as well`);
};
