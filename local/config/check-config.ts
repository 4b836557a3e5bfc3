/** Checks a folder of configuration; part of `npm run build`. */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { checkFields, codedFields, mappedFields } from './check-fields.ts';
import { checkPlaces } from './check-places.ts';
import { Codes, Fields, Indicators, type IndicatorsConfig, Retention } from './schemas.ts';
import { type Path, type Problem, readSource, shaped } from './source.ts';

type Note = (path: Path, text: string) => void;

/** A rule on a field that is not mapped could never be met, because records are cut to the mapped fields. */
const checkIndicators = (
  indicators: IndicatorsConfig,
  fields: ReadonlySet<string> | null,
  note: Note,
): void => {
  indicators.forEach(({ name, code, rules, counts: { also } }, index) => {
    const isTwice = (key: 'name' | 'code', value: string) =>
      indicators.findIndex((each) => each[key] === value) < index;
    if (isTwice('name', name)) note([index, 'name'], `another indicator has the name ${name}`);
    if (isTwice('code', code)) note([index, 'code'], `another indicator has the code ${code}`);
    if (also !== undefined && !indicators.some((each) => each.name === also && also !== name))
      note([index, 'counts', 'also'], `no other indicator has the name ${also}`);
    rules.forEach((rule, n) => {
      if (fields && !fields.has(rule.field))
        note(
          [index, 'rules', n, 'field'],
          `no column in fields.json comes from field ${rule.field}`,
        );
      if ('from' in rule && rule.from > rule.to)
        note([index, 'rules', n, 'to'], '"to" is smaller than "from"');
    });
  });
};

/**
 * The mistakes in a folder of configuration, by file and line; none if it can be built in.
 * @param folder with indicators.json, fields.json, codes.json, places.csv and retention.json
 */
export const checkConfig = async (folder: string): Promise<Problem[]> => {
  const problems: Problem[] = [];
  const note = (problem: Problem) => problems.push(problem);
  const read = (file: string) => readSource(folder, file, note);
  const sources = {
    fields: await read('fields.json'),
    indicators: await read('indicators.json'),
    codes: await read('codes.json'),
  };
  const noteIn =
    (source: keyof typeof sources): Note =>
    (path, text) =>
      note({ file: sources[source].file, line: sources[source].lineOf(path), text });
  const fields = shaped(Fields, sources.fields, note);
  const codes = shaped(Codes, sources.codes, note);
  const indicators = shaped(Indicators, sources.indicators, note);
  shaped(Retention, await read('retention.json'), note);
  if (fields) checkFields(fields, codes, noteIn('fields'));
  if (indicators) checkIndicators(indicators, fields && mappedFields(fields), noteIn('indicators'));
  if (fields && codes)
    for (const field of Object.keys(codes))
      if (!codedFields(fields).has(field))
        noteIn('codes')([field], `no column in fields.json has labels of field ${field}`);
  const file = 'places.csv';
  const places = await readFile(join(folder, file), 'utf8').catch(() => null);
  if (places === null) note({ file, line: 1, text: 'the file is not there, or cannot be read' });
  else checkPlaces(places, fields, (line, text) => note({ file, line, text }));
  return problems;
};

/** How many problems are shown at once. */
const TOLD = 10;

/** The first problems, as lines for people. */
export const toLines = (problems: readonly Problem[], folder: string): string[] => {
  const lines = problems
    .slice(0, TOLD)
    .map(({ file, line, text }) => `${join(relative('', folder), file)}, line ${line}: ${text}`);
  const more = problems.length - lines.length;
  return [
    'CONFIG_INVALID: the configuration cannot be built in; correct it and build again',
    ...lines,
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
};
