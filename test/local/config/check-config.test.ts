import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkConfig } from '../../../local/config/check-config.ts';
import { inProject } from '../../../local/paths.ts';
import { testFolder } from '../../support/test-folder.ts';

/** The project's own configuration, with some text in one file put in another's place. */
const problemsWith = async (file: string, old: string | RegExp, now: string): Promise<string[]> => {
  const folder = await testFolder();
  await cp(inProject('config'), folder, { recursive: true });
  const text = await readFile(join(folder, file), 'utf8');
  const changed = text.replace(old, now);
  expect(changed).not.toBe(text);
  await writeFile(join(folder, file), changed);
  const problems = await checkConfig(folder);
  return problems.map((each) => `${each.file} ${each.line}: ${each.text}`);
};

/** The number of the last line of the configuration in which some text stands. */
const lastLineOf = async (file: string, text: string): Promise<number> => {
  const all = await readFile(inProject('config', file), 'utf8');
  return all.slice(0, all.lastIndexOf(text)).split('\n').length;
};

test('The configuration of the project is sound', async () => {
  expect(await checkConfig(inProject('config'))).toEqual([]);
});

test('A file that is not there is named', async () => {
  const folder = await testFolder();
  const files = ['codes.json', 'fields.json', 'indicators.json', 'places.csv', 'retention.json'];
  expect((await checkConfig(folder)).map(({ file }) => file).sort()).toEqual(files);
});

describe('A mistake is named with its file and line', async () => {
  test.each<[name: string, file: string, old: string | RegExp, now: string, problem: string]>([
    [
      'a comma too few',
      'codes.json',
      '"At risk of neglect",',
      '"At risk of neglect"',
      'codes.json 4: this is not JSON',
    ],
    [
      'a comma too many',
      'codes.json',
      /"Affected by COVID-19"/,
      '$&,',
      'codes.json 1: this is YAML, and not JSON: quotes or commas are missing',
    ],
    [
      'a code that stands twice',
      'codes.json',
      '"serious_health_issue"',
      '"disabled"',
      'codes.json 4: this key is there twice',
    ],
    [
      'a label that is blank',
      'codes.json',
      '"Experiencing neglect"',
      '" "',
      'codes.json 4: "protection_concerns.serious_health_issue" must not be empty',
    ],
    [
      'a key that is not known',
      'fields.json',
      '"kind": "day"',
      '"knid": "day", "kind": "day"',
      'fields.json 4: "cases.1.knid" is not a known key',
    ],
    [
      'a column that ONA does not have',
      'fields.json',
      '"column": "sex"',
      '"column": "gender"',
      'fields.json 14: column sex of cases must stand here, as ONA has them in this order',
    ],
    [
      'one column more',
      'fields.json',
      /("service_implemented_day_time", "kind": "time" \})/,
      '$1,\n{ "column": "more", "kind": "text" }',
      `fields.json ${1 + (await lastLineOf('fields.json', '"column"'))}: ONA has no further column in services`,
    ],
    [
      'a kind that does not fit the column',
      'fields.json',
      '"kind": "years"',
      '"kind": "text"',
      'fields.json 15: kind "text" does not fit column age: use years',
    ],
    [
      'a kind that there is not',
      'fields.json',
      '"kind": "consent"',
      '"kind": "yes"',
      'fields.json 18: kind "yes" does not fit column consent_for_reporting: use id, text, words, label, labels, consent, filled, province, province_code, district, district_code',
    ],
    [
      'a case_id that may be blank',
      'fields.json',
      '"kind": "id"',
      '"kind": "text"',
      'fields.json 3: case_id must come from a field, by kind "id"',
    ],
    [
      'half of what "filled" needs',
      'fields.json',
      /"filled": "oscar",\s+/,
      '',
      'fields.json 6: column case_source: "filled" and "blank" belong to kind "filled", both of them',
    ],
    [
      'a length that no district has',
      'fields.json',
      '"4": 4, ',
      '',
      'places.csv 90: district_characters in fields.json must have "4": 4, as this code has',
    ],
    [
      'a rule on a field that is not mapped',
      'indicators.json',
      '"field": "age"',
      '"field": "age_group"',
      'indicators.json 10: no column in fields.json comes from field age_group',
    ],
    [
      'a range that ends before it begins',
      'indicators.json',
      '"from": 0',
      '"from": 18',
      'indicators.json 10: "to" is smaller than "from"',
    ],
    [
      'a rule of no kind',
      'indicators.json',
      '"from": 0, ',
      '',
      'indicators.json 10: "0.rules.0" must be a field with "from" and "to", or with "is"',
    ],
    [
      'a name with a space',
      'indicators.json',
      '"under18"',
      '"under 18"',
      'indicators.json 3: "0.name" must be lower-case letters, digits and _',
    ],
    [
      'a name that stands twice',
      'indicators.json',
      '"reintegration"',
      '"under18"',
      'indicators.json 15: another indicator has the name under18',
    ],
    [
      'a second indicator that is not there',
      'indicators.json',
      '"also": "under18"',
      '"also": "under 5"',
      'indicators.json 24: no other indicator has the name under 5',
    ],
    [
      'a measure of no kind',
      'indicators.json',
      '["registered", "served"]',
      '["registered", "visited"]',
      'indicators.json 12: "0.measures.1" must be "registered" or "served"',
    ],
    [
      'no title',
      'indicators.json',
      /"title": \{[^}]+\},\s+/,
      '',
      'indicators.json 2: "0.title" is missing',
    ],
    [
      'a time that is none',
      'retention.json',
      '24',
      '0',
      'retention.json 2: "months" must be 1 or more',
    ],
    [
      'a time that no date has',
      'retention.json',
      '24',
      '24000',
      'retention.json 2: "months" must be 1200 or less',
    ],
    [
      'another heading',
      'places.csv',
      'code,district',
      'district,code',
      'places.csv 1: the first line must be code,district,province,province_code,district_km,province_km',
    ],
    [
      'a district that stands twice',
      'places.csv',
      '\n103,',
      '\n102,',
      'places.csv 3: district 102 is there twice',
    ],
    [
      'a province with two names',
      'places.csv',
      '103,Phnum Srok,Banteay Meanchey',
      '103,Phnum Srok,Battambang',
      'places.csv 3: province 1 has another name above: Banteay Meanchey',
    ],
    [
      'a name that is blank',
      'places.csv',
      '103,Phnum Srok,',
      '103,,',
      'places.csv 3: code, district, province and province_code must not be empty',
    ],
    [
      'a value too few',
      'places.csv',
      '103,Phnum Srok,',
      '103,',
      'places.csv 3: this line must have six values',
    ],
    [
      'a quote that does not end',
      'places.csv',
      '103,Phnum',
      '103,"Phnum',
      'places.csv 211: this is not CSV: there is a quote too few or too many',
    ],
  ])('%s', async (_, file, old, now, problem) => {
    expect(await problemsWith(file, old, now)).toContain(problem);
  });

  test('a field without labels, in both files', async () => {
    const problems = await problemsWith('codes.json', '"sex"', '"gender"');
    expect(problems).toEqual([
      'fields.json 14: codes.json has no labels of field sex',
      `codes.json ${await lastLineOf('codes.json', '"sex"')}: no column in fields.json has labels of field gender`,
    ]);
  });
});
